using System.Text.Json.Serialization;
using AppConsistentSnapshot.Errors;

namespace AppConsistentSnapshot.Reports;

/// <summary>What a run did, what was reached and why. Its JSON form (<see cref="ToJson"/>) is a public contract.</summary>
public sealed class SnapshotReport
{
    /// <summary>Gets the version of the JSON form. Readers ignore fields that they do not know.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>Gets the run's id.</summary>
    public required string RunId { get; init; }

    /// <summary>Gets which try of the whole run this is, from 1.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>Gets how the run ended.</summary>
    public required SnapshotOutcome Outcome { get; init; }

    /// <summary>Gets the level that was asked for.</summary>
    public required ConsistencyLevel RequestedConsistency { get; init; }

    /// <summary>Gets the level that was reached: the lowest of all volumes, <see cref="ConsistencyLevel.None"/> where no snapshot is kept.</summary>
    public required ConsistencyLevel Consistency { get; init; }

    /// <summary>Gets when the run began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Gets how long the run took, in milliseconds.</summary>
    public required double DurationMilliseconds { get; init; }

    /// <summary>Gets the host.</summary>
    public required HostEntry Host { get; init; }

    /// <summary>Gets the plans that took part.</summary>
    public IReadOnlyList<PlanEntry> Plans { get; init; } = [];

    /// <summary>Gets every step in the order in which it began.</summary>
    public IReadOnlyList<StepReport> Steps { get; init; } = [];

    /// <summary>Gets the freeze.</summary>
    public required FreezeReport Freeze { get; init; }

    /// <summary>Gets the time from the end of the last quiesce to the start of the first resume, in milliseconds; <see langword="null"/> where nothing was quiesced.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public double? QuiesceWindowMilliseconds { get; init; }

    /// <summary>Gets whether all volumes stood still together while they were cut.</summary>
    public bool SharedInstant { get; init; }

    /// <summary>Gets the time from the start of the first cut to the end of the last, in milliseconds; <see langword="null"/> where nothing was cut.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public double? CutSkewMilliseconds { get; init; }

    /// <summary>Gets the snapshots that are kept.</summary>
    public IReadOnlyList<SnapshotEntry> Snapshots { get; init; } = [];

    /// <summary>Gets what went wrong, first cause first.</summary>
    public IReadOnlyList<SnapshotError> Errors { get; init; } = [];

    /// <summary>Gets what is odd but did not lower the result.</summary>
    public IReadOnlyList<SnapshotError> Warnings { get; init; } = [];

    /// <summary>Gets what still needs a human.</summary>
    public IReadOnlyList<LeftBehind> LeftBehind { get; init; } = [];

    /// <summary>Gives the JSON form.</summary>
    public string ToJson() => SnapshotReportSerializer.Serialize(this);

    /// <summary>Reads the JSON form.</summary>
    /// <param name="json">A report as <see cref="ToJson"/> makes it.</param>
    /// <exception cref="System.Text.Json.JsonException">It is no such report.</exception>
    public static SnapshotReport FromJson(string json) => SnapshotReportSerializer.Deserialize(json);
}
