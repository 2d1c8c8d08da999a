using System.Globalization;

namespace AppConsistentSnapshot.Interop.Linux;

/// <summary>Who runs the program behind a FUSE mount.</summary>
internal static class FuseMounts
{
    // What a user runs cannot be told from what root runs where the mount is not listed, so nobody is trusted then.
    private const uint Nobody = 65534;
    private const string OwnerOption = "user_id=";

    public static uint OwnerOf(ulong mountId) => OwnerOf(mountId, File.ReadLines("/proc/self/mountinfo"));

    /// <param name="mountId">The mount, as statx(2) names it; 0 before Linux 5.8.</param>
    /// <param name="mountInfo">The lines of <c>/proc/self/mountinfo</c> (proc_pid_mountinfo(5)).</param>
    public static uint OwnerOf(ulong mountId, IEnumerable<string> mountInfo)
    {
        foreach (var line in mountInfo)
        {
            var fields = line.Split(' ');
            if (fields[0] == mountId.ToString(CultureInfo.InvariantCulture))
            {
                // The last field are the options of the superblock; spaces in it are escaped.
                var option = fields[^1].Split(',').FirstOrDefault(static o => o.StartsWith(OwnerOption, StringComparison.Ordinal));
                return uint.TryParse(option?[OwnerOption.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var owner) ? owner : Nobody;
            }
        }

        return Nobody;
    }
}
