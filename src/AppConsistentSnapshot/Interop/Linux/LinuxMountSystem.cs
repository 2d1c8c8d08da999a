using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Tmds.Linux;

namespace AppConsistentSnapshot.Interop.Linux;

/// <summary>The mount table of this process and descriptors of mount points.</summary>
[SupportedOSPlatform("linux")]
internal sealed class LinuxMountSystem : IMountSystem
{
    public LinuxMountSystem() => Libc.Require("Reading the mount table");

    public byte[] ReadMountTable() => File.ReadAllBytes("/proc/self/mountinfo");

    // O_NONBLOCK: a mount point may be covered by anything by now, and opening a FIFO would wait for its other end.
    public SafeHandle? OpenFolder(string path, out Errno errno) =>
        Libc.Open(path, LibC.O_RDONLY | LibC.O_DIRECTORY | LibC.O_NONBLOCK, out errno);

    // Not statx(STATX_MNT_ID): that needs Linux 5.8, and where the mount table can be read, so can this.
    public int? FindMountId(SafeHandle folder) => Libc.With(folder, ReadMountId);

    private static int? ReadMountId(int descriptor)
    {
        try
        {
            foreach (var line in File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/self/fdinfo/{descriptor}")))
            {
                if (line.StartsWith("mnt_id:", StringComparison.Ordinal))
                {
                    return int.TryParse(line.AsSpan("mnt_id:".Length), CultureInfo.InvariantCulture, out var id) ? id : null;
                }
            }
        }
        catch (IOException)
        {
            return null;
        }

        return null;
    }
}
