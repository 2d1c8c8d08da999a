using AppConsistentSnapshot.Reports;

namespace AppConsistentSnapshot.Orchestration;

/// <summary>What freeze, cut and thaw came to.</summary>
internal sealed class CutRecord
{
    /// <summary>Whether every backend cut every volume.</summary>
    public bool IsCut { get; set; }

    public DateTimeOffset? FrozenAt { get; set; }

    public DateTimeOffset? ThawStartedAt { get; set; }

    public TimeSpan? Window { get; set; }

    public bool? HeldThroughout { get; set; }

    /// <summary>The mounts that were to be frozen, and what became of them.</summary>
    public IReadOnlyList<MountReport> Mounts { get; set; } = [];
}
