using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace AppConsistentSnapshot.Interop.Linux;

/// <summary>FIFREEZE, FITHAW and syncfs(2).</summary>
[SupportedOSPlatform("linux")]
internal sealed class LinuxFreezeSystemCalls : IFreezeSystemCalls
{
    // _IOWR('X', 119, int) and _IOWR('X', 120, int) of linux/fs.h; Tmds.LibC has neither, and its request is an int.
    internal const int FreezeRequest = unchecked((int)0xC0045877);
    internal const int ThawRequest = unchecked((int)0xC0045878);

    public LinuxFreezeSystemCalls()
    {
        Libc.Require("Freezing");

        // Compiles the calls before anything is frozen: on no descriptor the kernel answers EBADF.
        using var none = new SafeFileHandle(-1, ownsHandle: false);
        _ = Freeze(none);
        _ = Thaw(none);
        _ = Flush(none);
    }

    public Errno Freeze(SafeHandle fileSystem) => Call(fileSystem, FreezeOnce);

    public Errno Thaw(SafeHandle fileSystem) => Call(fileSystem, ThawOnce);

    public Errno Flush(SafeHandle fileSystem) => Call(fileSystem, FlushOnce);

    private static Errno Call(SafeHandle fileSystem, Func<int, Errno> once)
    {
        Errno errno;
        do
        {
            errno = Libc.With(fileSystem, once);
        }
        while (errno == Errno.EINTR);
        return errno;
    }

    private static Errno FreezeOnce(int descriptor) => Libc.Capture(LibC.ioctl(descriptor, FreezeRequest, 0));

    private static Errno ThawOnce(int descriptor) => Libc.Capture(LibC.ioctl(descriptor, ThawRequest, 0));

    private static Errno FlushOnce(int descriptor) => Libc.Capture(LibC.syncfs(descriptor));
}
