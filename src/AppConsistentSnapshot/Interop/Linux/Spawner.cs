using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace AppConsistentSnapshot.Interop.Linux;

/// <summary>Starts a program by posix_spawn(3), which shares memory with the parent until the exec, so that a big host pays nothing.</summary>
[SupportedOSPlatform("linux")]
internal static class Spawner
{
    private const int BusyTries = 20;
    private static readonly TimeSpan BusyPause = TimeSpan.FromMilliseconds(10);

    /// <summary>Starts the program, or a text without <c>#!</c> by <c>/bin/sh</c>; posix_spawn(3) itself does not (glibc since 2.15).</summary>
    public static Errno Start(LaunchRequest request, SafeFileHandle output, SafeFileHandle error, bool forceCloseEach, out int pid)
    {
        using var block = new SpawnBlock(forceCloseEach);
        using var environment = new NativeStrings(request.Environment);
        pid = 0;
        var errno = Prepare(block, output, error);
        if (errno != Errno.None)
        {
            return errno;
        }

        errno = StartWhenNotBusy(block, request.Path, [request.Path, .. request.Arguments], environment, out pid);
        return errno == Errno.ENOEXEC && ScriptHead.IsText(request.Path)
            ? StartWhenNotBusy(block, "/bin/sh", ["/bin/sh", request.Path, .. request.Arguments], environment, out pid)
            : errno;
    }

    /// <summary>Starts a program, with nothing inherited but these descriptors, as 3 and following.</summary>
    public static Errno StartWith(
        IReadOnlyList<SafeHandle> inherited, string path, IReadOnlyList<string> arguments, IReadOnlyList<string> environment, out int pid)
    {
        pid = 0;
        var lent = new List<SafeFileHandle>();
        try
        {
            foreach (var handle in inherited)
            {
#pragma warning disable CA2000 // Disposed in the end.
                var copy = ProcessCalls.DuplicateFrom(handle, SpawnBlock.FirstInherited + inherited.Count, out var unable);
#pragma warning restore CA2000
                if (copy is null)
                {
                    return unable;
                }

                lent.Add(copy);
            }

            using var block = new SpawnBlock(forceCloseEach: false);
            using var native = new NativeStrings(environment);
            var errno = (Errno)block.SetAttributes();
            errno = errno == Errno.None ? (Errno)block.SetActions(lent) : errno;
            return errno == Errno.None ? StartWhenNotBusy(block, path, [.. arguments], native, out pid) : errno;
        }
        finally
        {
            lent.ForEach(static copy => copy.Dispose());
        }
    }

    private static unsafe Errno Prepare(SpawnBlock block, SafeFileHandle output, SafeFileHandle error)
    {
        var result = block.SetAttributes();
        return (Errno)(result != 0 ? result : block.SetActions(output, error));
    }

    // A file is busy while anybody has it open for writing, and that may be a copy of a descriptor in a child that was forked
    // elsewhere and has not reached its exec. That passes in milliseconds.
    private static Errno StartWhenNotBusy(SpawnBlock block, string path, string[] arguments, NativeStrings environment, out int pid)
    {
        var errno = StartOnce(block, path, arguments, environment, out pid);
        for (var again = 0; errno == Errno.ETXTBSY && again < BusyTries; again++)
        {
            Thread.Sleep(BusyPause);
            errno = StartOnce(block, path, arguments, environment, out pid);
        }

        return errno;
    }

    private static unsafe Errno StartOnce(SpawnBlock block, string path, string[] arguments, NativeStrings environment, out int pid)
    {
        using var native = new NativeStrings(arguments);
        using var program = new NativeStrings([path]);
        int started;
        var result = SpawnCalls.Spawn(&started, *program.Pointer, block.Actions, block.Attributes, native.Pointer, environment.Pointer);
        pid = result == 0 ? started : 0;
        return (Errno)result;
    }
}
