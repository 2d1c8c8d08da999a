using System.Runtime.Versioning;

namespace AppConsistentSnapshot.Interop.Linux;

/// <summary>Where this process's cgroup v2 folder is (cgroups(7)).</summary>
[SupportedOSPlatform("linux")]
internal static class CgroupLocation
{
    public static string? Find(out string problem) =>
        Find(ProcReader.TryReadText("/proc/self/mountinfo") ?? "", ProcReader.TryReadText("/proc/self/cgroup") ?? "", out problem);

    /// <summary>Finds it from the content of <c>/proc/self/mountinfo</c> and <c>/proc/self/cgroup</c>.</summary>
    public static string? Find(string mountInfo, string cgroups, out string problem)
    {
        problem = "";
        var own = cgroups.Split('\n').FirstOrDefault(static line => line.StartsWith("0::", StringComparison.Ordinal))?[3..];
        if (own is null)
        {
            problem = "this process is in no cgroup v2 hierarchy";
            return null;
        }

        foreach (var line in mountInfo.Split('\n'))
        {
            var parts = line.Split(" - ", 2);
            var fields = parts[0].Split(' ');
            if (parts.Length == 2 && parts[1].StartsWith("cgroup2 ", StringComparison.Ordinal) && fields.Length > 4 &&
                Below(fields[3], own) is { } relative)
            {
                return (fields[4].TrimEnd('/') + relative).TrimEnd('/');
            }
        }

        problem = $"no cgroup v2 mount shows the cgroup '{own}' of this process";
        return null;
    }

    // The mount may show only a part of the hierarchy, as in a container.
    private static string? Below(string mountRoot, string own)
    {
        var root = mountRoot.TrimEnd('/');
        return own.StartsWith("/..", StringComparison.Ordinal) ? null
            : own == mountRoot ? ""
            : own.StartsWith(root + "/", StringComparison.Ordinal) ? own[root.Length..]
            : null;
    }
}
