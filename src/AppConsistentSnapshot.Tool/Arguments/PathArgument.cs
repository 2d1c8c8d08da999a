namespace AppConsistentSnapshot.Tool.Arguments;

/// <summary>Reads paths off the command line, without a look at the file system.</summary>
internal static class PathArgument
{
    /// <summary>Makes a path absolute, or notes why that cannot be.</summary>
    public static string? ReadFull(string option, string value, UsageProblems problems)
    {
        if (!IsSane(option, value, problems))
        {
            return null;
        }

        // 'acsnap run --report --json' would otherwise write a file of that name.
        if (value.StartsWith('-'))
        {
            problems.Add(option, value, $"a path is needed; write './{value}' if the name begins with a hyphen");
            return null;
        }

        return Path.GetFullPath(value);
    }

    /// <summary>Reads a mount point as it stands in the mount table, or notes why it is none.</summary>
    public static string? ReadMountPoint(string option, string value, UsageProblems problems)
    {
        if (!IsSane(option, value, problems))
        {
            return null;
        }

        if (!value.StartsWith('/'))
        {
            problems.Add(option, value, "give the absolute path of a mount point, such as /data");
            return null;
        }

        // Shells complete folders with a slash; the mount table has none.
        var trimmed = value.TrimEnd('/');
        return trimmed.Length == 0 ? "/" : trimmed;
    }

    private static bool IsSane(string option, string value, UsageProblems problems)
    {
        if (value.Length > 0 && !value.Contains('\0', StringComparison.Ordinal))
        {
            return true;
        }

        problems.Add(option, value, "a path is needed");
        return false;
    }
}
