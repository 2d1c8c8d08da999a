using AppConsistentSnapshot.Backends;

namespace AppConsistentSnapshot.Orchestration;

/// <summary>A backend's part in a run.</summary>
internal sealed class PreparedBackend
{
    public required ISnapshotBackend Backend { get; init; }

    public required IPreparedCut Cut { get; init; }

    /// <summary>The mount points that it was given.</summary>
    public required IReadOnlyList<string> Volumes { get; init; }

    /// <summary>What was cut, and later completed.</summary>
    public IReadOnlyList<BackendSnapshot> Snapshots { get; set; } = [];

    /// <summary>The cut itself, where it did not return in time.</summary>
    public Task? StillCutting { get; set; }

    /// <summary>Whether its snapshots are finished and kept.</summary>
    public bool IsComplete { get; set; }
}
