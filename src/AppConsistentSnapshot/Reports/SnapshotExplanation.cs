using AppConsistentSnapshot.Errors;

namespace AppConsistentSnapshot.Reports;

/// <summary>What a run would do, and the best that it could reach. Nothing was touched to find out.</summary>
public sealed class SnapshotExplanation
{
    /// <summary>Gets the version of the JSON form. Readers ignore fields that they do not know.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>Gets the level that was asked for.</summary>
    public required ConsistencyLevel RequestedConsistency { get; init; }

    /// <summary>Gets the best level that could be reached as things stand; <see cref="ConsistencyLevel.None"/> where the run would fail.</summary>
    public required ConsistencyLevel BestConsistency { get; init; }

    /// <summary>Gets the plans that would take part.</summary>
    public IReadOnlyList<PlanEntry> Plans { get; init; } = [];

    /// <summary>Gets the steps in order.</summary>
    public IReadOnlyList<ExplainedStep> Steps { get; init; } = [];

    /// <summary>Gets each mount: frozen, or not and why.</summary>
    public IReadOnlyList<MountReport> Mounts { get; init; } = [];

    /// <summary>Gets what stands in the way, with the line that mends it.</summary>
    public IReadOnlyList<SnapshotError> Errors { get; init; } = [];

    /// <summary>Gets hazards and what is odd.</summary>
    public IReadOnlyList<SnapshotError> Warnings { get; init; } = [];

    /// <summary>Gives the JSON form.</summary>
    public string ToJson() => SnapshotReportSerializer.Serialize(this);
}
