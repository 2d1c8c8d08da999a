using AppConsistentSnapshot.Backends;

namespace AppConsistentSnapshot.Orchestration;

/// <summary>A backend's part in a run.</summary>
internal sealed class PreparedBackend
{
    public PreparedBackend(ISnapshotBackend backend, IPreparedCut cut, IReadOnlyList<string> volumes)
    {
        Backend = backend;
        Cut = cut;
        Volumes = volumes;
    }

    public ISnapshotBackend Backend { get; }

    public IPreparedCut Cut { get; }

    /// <summary>The mount points that it was given.</summary>
    public IReadOnlyList<string> Volumes { get; }

    /// <summary>What was cut, and later completed.</summary>
    public IReadOnlyList<BackendSnapshot> Snapshots { get; set; } = [];

    /// <summary>The cut itself, where it did not return in time.</summary>
    public Task? StillCutting { get; set; }

    /// <summary>Whether its snapshots are finished and kept.</summary>
    public bool IsComplete { get; set; }
}
