using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace AppConsistentSnapshot.Interop.Linux;

/// <summary>An flock(2) on a file that is never removed: a lock on a removed file would be one of two.</summary>
[SupportedOSPlatform("linux")]
internal sealed class LinuxFileLock : IFileLock
{
    private readonly SafeFileHandle _handle;

    public LinuxFileLock(SafeFileHandle handle) => _handle = handle;

    public Errno Write(ReadOnlySpan<byte> content)
    {
        var bytes = content.ToArray();
        return Libc.With(_handle, fd => Replace(fd, bytes));
    }

    public void Dispose() => _handle.Dispose();

    private static unsafe Errno Replace(int fd, byte[] content)
    {
        var errno = Libc.Capture(ImageCalls.Truncate(fd, 0));
        if (errno != Errno.None)
        {
            return errno;
        }

        fixed (byte* pointer = content)
        {
            return Libc.Capture(ImageCalls.Write(fd, pointer, (nuint)content.Length, 0));
        }
    }
}
