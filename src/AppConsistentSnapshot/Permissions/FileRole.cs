using AppConsistentSnapshot.Errors;

namespace AppConsistentSnapshot.Permissions;

/// <summary>One of the four kinds of files that the guard checks: its rule and the codes that speak of it.</summary>
internal sealed record FileRole(string Name, FileRule Rule, ErrorCode NotFound, ErrorCode NotPermitted, string? Field)
{
    public static FileRole Plan { get; } =
        new("plan", FileRule.Plan, ErrorCodes.PlanNotFound, ErrorCodes.PlanPermission, null);

    public static FileRole HostConfiguration { get; } =
        new("host configuration", FileRule.HostConfiguration, ErrorCodes.HostConfigurationNotFound, ErrorCodes.HostConfigurationPermission, null);

    public static FileRole PreScript { get; } =
        new("pre-script", FileRule.Script, ErrorCodes.PreScriptNotFound, ErrorCodes.InsufficientPermissionforPreScript, "preScriptLocation");

    public static FileRole PostScript { get; } =
        new("post-script", FileRule.Script, ErrorCodes.PostScriptNotFound, ErrorCodes.InsufficientPermissionforPostScript, "postScriptLocation");

    /// <summary>Turns what was found into an error of this kind of file.</summary>
    public SnapshotError ToError(PathFinding finding, string? subject)
    {
        var code = finding.IsMissing ? NotFound : NotPermitted;
        return new SnapshotError
        {
            Code = code.Name,
            Number = code.Number,
            Subject = subject,
            Message = $"The {Name}: {finding.Message}",
            RecommendedAction = finding.Remedy ?? code.RecommendedAction,
            Path = finding.Path,
            Field = Field,
            Found = finding.Found,
            Allowed = finding.Allowed,
            Errno = finding.Errno == Interop.Errno.None ? null : (int)finding.Errno,
        };
    }
}
