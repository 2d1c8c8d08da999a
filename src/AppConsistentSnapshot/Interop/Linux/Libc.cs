using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace AppConsistentSnapshot.Interop.Linux;

/// <summary>How every call to libc is made here: the error number is read at once, and a descriptor cannot be closed under a call.</summary>
[SupportedOSPlatform("linux")]
internal static class Libc
{
    /// <inheritdoc cref="LinuxPlatform.Require"/>
    public static void Require(string feature) => LinuxPlatform.Require(feature);

    /// <summary>Reads the error number. Must be the first thing after the call: formatting a number is enough to overwrite it.</summary>
    public static Errno Capture(long result) => result >= 0 ? Errno.None : (Errno)LibC.errno;

    /// <summary>Makes a call that may be interrupted by a signal until it is not.</summary>
    public static Errno Retry(Func<Errno> call)
    {
        Errno errno;
        do
        {
            errno = call();
        }
        while (errno == Errno.EINTR);
        return errno;
    }

    /// <summary>Lends a descriptor to one call.</summary>
    public static TResult With<TResult>(SafeHandle handle, Func<int, TResult> call)
    {
        var added = false;
        try
        {
            handle.DangerousAddRef(ref added);
            return call((int)handle.DangerousGetHandle());
        }
        finally
        {
            if (added)
            {
                handle.DangerousRelease();
            }
        }
    }

    /// <summary>Opens a path; the descriptor is closed on exec.</summary>
    public static unsafe SafeFileHandle? Open(string path, int flags, out Errno errno)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(path + '\0');
        int fd;
        fixed (byte* pointer = bytes)
        {
            do
            {
                fd = LibC.open(pointer, flags | LibC.O_CLOEXEC);
                errno = Capture(fd);
            }
            while (errno == Errno.EINTR);
        }

        return fd < 0 ? null : new SafeFileHandle(fd, ownsHandle: true);
    }
}
