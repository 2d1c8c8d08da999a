using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace AppConsistentSnapshot.Interop.Linux;

/// <summary>A file opened with O_APPEND.</summary>
[SupportedOSPlatform("linux")]
internal sealed class LinuxJournalFile : IJournalFile
{
    private readonly SafeFileHandle _handle;

    public LinuxJournalFile(SafeFileHandle handle) => _handle = handle;

    public Errno Append(ReadOnlySpan<byte> bytes, bool durable)
    {
        var content = bytes.ToArray();
        var errno = Libc.With(_handle, fd => WriteOnce(fd, content));
        return errno == Errno.None && durable
            ? Libc.Retry(() => Libc.With(_handle, static fd => Libc.Capture(JournalCalls.SyncData(fd))))
            : errno;
    }

    public void Dispose() => _handle.Dispose();

    private static unsafe Errno WriteOnce(int fd, byte[] content)
    {
        nint written;
        Errno errno;
        fixed (byte* pointer = content)
        {
            do
            {
                written = JournalCalls.Write(fd, pointer, (nuint)content.Length);
                errno = Libc.Capture(written);
            }
            while (errno == Errno.EINTR);
        }

        // A record that fitted only in part is torn; that is what a full disk does.
        return errno == Errno.None && written < content.Length ? Errno.ENOSPC : errno;
    }
}
