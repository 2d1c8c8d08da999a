using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Permissions;

/// <summary>What tells two states of a file apart, in words.</summary>
internal static class IdentityText
{
    /// <summary>Names everything that differs; null where nothing does.</summary>
    public static string? Difference(FileIdentity before, FileIdentity now)
    {
        var differences = new List<string>();
        if (before.Device != now.Device)
        {
            differences.Add("another file system");
        }

        if (before.Inode != now.Inode)
        {
            differences.Add($"inode {now.Inode} instead of {before.Inode}");
        }

        if (before.Size != now.Size)
        {
            differences.Add($"{now.Size} bytes instead of {before.Size}");
        }

        if (before.Modified != now.Modified)
        {
            differences.Add("another modification time");
        }

        if (before.Changed != now.Changed)
        {
            differences.Add("another change time");
        }

        return differences.Count == 0 ? null : string.Join(", ", differences);
    }
}
