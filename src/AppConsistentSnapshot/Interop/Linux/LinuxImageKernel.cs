using System.Runtime.Versioning;

namespace AppConsistentSnapshot.Interop.Linux;

/// <summary>The real kernel.</summary>
[SupportedOSPlatform("linux")]
internal static class LinuxImageKernel
{
    /// <exception cref="PlatformNotSupportedException">This is not Linux on x64 or arm64.</exception>
    public static ImageKernel Create()
    {
        Libc.Require("The disk image backend");
        return new(new LinuxImageFiles(), new LinuxImageContent(), new LinuxLoopDevices(), new LinuxSourceDevices(), new LinuxImageMounting());
    }
}
