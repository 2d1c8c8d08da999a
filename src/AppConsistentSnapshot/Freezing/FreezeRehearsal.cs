using System.Runtime.InteropServices;
using AppConsistentSnapshot.Freezing.Process;
using AppConsistentSnapshot.Interop;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Win32.SafeHandles;

namespace AppConsistentSnapshot.Freezing;

/// <summary>
/// Plays one freeze on nothing, once in a process, so that the code of the window is compiled before anything is frozen:
/// compiling it inside costs the application tens of milliseconds, and may need files that are on a frozen file system.
/// </summary>
internal static class FreezeRehearsal
{
    private static readonly Lazy<Task> Once = new(PlayAsync);

    public static Task RunAsync() => Once.Value;

    private static async Task PlayAsync()
    {
        using var handle = new SafeFileHandle(-1, ownsHandle: false);
        var kernel = new NoKernel();
        MountedFileSystem[] nothing = [new() { MountPoint = "", MountId = 0, DeviceNumber = "", FileSystemType = "", Source = "" }];
        FreezeTarget[] targets = [new(new SharedDescriptor(handle), 0)];
#pragma warning disable CA2000 // It holds nothing.
        var session = new FreezeSession(new InProcessFreezer(kernel, new NoTime(), targets));
#pragma warning restore CA2000
        try
        {
            var frozen = await session.FreezeAsync(TimeSpan.FromMinutes(1)).ConfigureAwait(false);
            PassOn(frozen);
            var lease = new FreezeLease(session, nothing, frozen, NullLogger.Instance);
            await using (lease.ConfigureAwait(false))
            {
                _ = await lease.VerifyHeldAsync().ConfigureAwait(false);
                _ = await lease.ThawAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            session.Release();
        }
    }

    // The way of a notice from a freezer that is a process of its own.
    private static void PassOn(FreezeNotice notice)
    {
        var bytes = new byte[NoticeCodec.SizeOf(notice.Targets.Count)];
        NoticeCodec.Write(bytes, notice);
        _ = NoticeCodec.Read(bytes);
    }

    private sealed class NoKernel : IFreezeSystemCalls
    {
        private bool _isFrozen;

        public Errno Freeze(SafeHandle fileSystem)
        {
            var errno = _isFrozen ? Errno.EBUSY : Errno.None;
            _isFrozen = true;
            return errno;
        }

        public Errno Thaw(SafeHandle fileSystem) => Errno.None;

        public Errno Flush(SafeHandle fileSystem) => Errno.None;
    }

    // The rehearsal ends by itself; no clock of the caller's is to see its timer.
    private sealed class NoTime : TimeProvider;
}
