using AppConsistentSnapshot.Tool.Catalog;
using Microsoft.Extensions.Logging;

namespace AppConsistentSnapshot.Tool.Arguments;

/// <summary>A request as the command line has it; its backends are not made yet.</summary>
internal sealed class RequestDraft
{
    public required IReadOnlyList<MountArgument> Mounts { get; init; }

    public required IReadOnlyDictionary<string, BackendPick> Picks { get; init; }

    public required ConsistencyLevel Consistency { get; init; }

    public ConsistencyLevel? Minimum { get; init; }

    public bool? SingleDiskFallback { get; init; }

    public TimeSpan? FreezeLimit { get; init; }

    public TimeSpan? WaitForOtherRun { get; init; }

    public required IReadOnlyList<string> PlanPaths { get; init; }

    public string? HostConfigurationPath { get; init; }

    /// <summary>Makes the backends, each once, and the request.</summary>
    public SnapshotRequest Make(TimeProvider timeProvider, ILoggerFactory loggerFactory)
    {
        var backends = Picks.Values.ToDictionary(pick => pick.Name, pick => pick.Make(timeProvider, loggerFactory), StringComparer.Ordinal);
        return new SnapshotRequest
        {
            Consistency = Consistency,
            Volumes = [.. Mounts.Select(mount => new SnapshotVolume(mount.Path, backends[mount.Backend!]))],
            PlanPaths = PlanPaths,
            HostConfigurationPath = HostConfigurationPath,
            Minimum = Minimum,
            SingleDiskFallback = SingleDiskFallback,
            FreezeLimit = FreezeLimit,
            WaitForOtherRun = WaitForOtherRun,
        };
    }
}
