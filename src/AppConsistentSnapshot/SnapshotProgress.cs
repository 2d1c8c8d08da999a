using AppConsistentSnapshot.Reports;

namespace AppConsistentSnapshot;

/// <summary>One thing that happened in a run, as told to <see cref="IProgress{T}"/>.</summary>
public sealed class SnapshotProgress
{
    /// <summary>Gets the run's id.</summary>
    public required string RunId { get; init; }

    /// <summary>Gets when it happened.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Gets the step.</summary>
    public required StepName Step { get; init; }

    /// <summary>Gets what the step is about: a plan, a participant, a mount, a backend.</summary>
    public string? Subject { get; init; }

    /// <summary>Gets how the step ended, or <see langword="null"/> while it is under way.</summary>
    public StepStatus? Status { get; init; }

    /// <summary>Gets how long the step has taken so far.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Gets a note for a person, such as how far a copy has come.</summary>
    public string? Message { get; init; }
}
