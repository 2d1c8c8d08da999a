using System.Globalization;
using System.Runtime.Versioning;
using System.Text;
using Tmds.Linux;

namespace AppConsistentSnapshot.Interop.Linux;

/// <summary>Which device a node below <c>/dev</c> stands for.</summary>
[SupportedOSPlatform("linux")]
internal static class DeviceNode
{
    private const uint TypeMask = 0xF000;
    private const uint BlockDevice = 0x6000;

    /// <summary>Its <c>major:minor</c>, or null where there is no block device.</summary>
    public static unsafe string? FindNumber(string path)
    {
        stat status;
        Errno errno;
        fixed (byte* pointer = Encoding.UTF8.GetBytes(path + '\0'))
        {
            errno = Libc.Capture(LibC.stat(pointer, &status));
        }

        if (errno != Errno.None || ((uint)status.st_mode & TypeMask) != BlockDevice)
        {
            return null;
        }

        // gnu_dev_major and gnu_dev_minor of sys/sysmacros.h.
        ulong device = status.st_rdev;
        var major = ((device >> 8) & 0xfff) | ((device >> 32) & ~0xffful);
        var minor = (device & 0xff) | ((device >> 12) & ~0xfful);
        return string.Create(CultureInfo.InvariantCulture, $"{major}:{minor}");
    }
}
