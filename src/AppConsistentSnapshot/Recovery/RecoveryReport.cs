using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Reports;

namespace AppConsistentSnapshot.Recovery;

/// <summary>What a recovery did, and what is left.</summary>
public sealed class RecoveryReport
{
    /// <summary>Gets the version of the JSON form. Readers ignore fields that they do not know.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>Gets when it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Gets how long it took, in milliseconds.</summary>
    public required double DurationMilliseconds { get; init; }

    /// <summary>Gets the runs that had died, the oldest first. Empty where there was nothing to do.</summary>
    public IReadOnlyList<RecoveredRun> Runs { get; init; } = [];

    /// <summary>Gets what went wrong, first cause first.</summary>
    public IReadOnlyList<SnapshotError> Errors { get; init; } = [];

    /// <summary>Gets what is odd but does not lower the result.</summary>
    public IReadOnlyList<SnapshotError> Warnings { get; init; } = [];

    /// <summary>Gets what still needs a human. The next recovery tries it again.</summary>
    public IReadOnlyList<LeftBehind> LeftBehind { get; init; } = [];

    /// <summary>Gives the JSON form.</summary>
    public string ToJson() => RecoveryJson.Serialize(this);
}
