using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace AppConsistentSnapshot.Interop;

/// <summary>Whether this is a machine that the library can work on.</summary>
internal static class LinuxPlatform
{
    // Tmds.LibC 0.5.0 ships no implementation for other architectures, and publishing for them succeeds all the same.
    [SupportedOSPlatformGuard("linux")]
    public static bool IsSupported =>
        OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64;

    /// <summary>Says that this code runs where it can. Called by whatever needs Linux when it is created, not at its first system call.</summary>
    /// <param name="feature">What needs it, as the beginning of a sentence.</param>
    /// <exception cref="PlatformNotSupportedException">This is not Linux on x64 or arm64.</exception>
    public static void Require(string feature)
    {
        if (!IsSupported)
        {
            throw NotSupported(feature);
        }
    }

    public static PlatformNotSupportedException NotSupported(string feature) => new(
        $"{feature} needs Linux on x64 or arm64; this is {RuntimeInformation.OSDescription} on {RuntimeInformation.ProcessArchitecture}. " +
        "Use the fakes of the package AppConsistentSnapshot.Testing in unit tests.");
}
