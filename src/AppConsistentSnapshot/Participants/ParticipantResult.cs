using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Reports;

namespace AppConsistentSnapshot.Participants;

/// <summary>How a quiesce, a resume or a recovery ended.</summary>
public sealed class ParticipantResult
{
    /// <summary>Gets a plain success.</summary>
    public static ParticipantResult Succeeded { get; } = new() { Status = StepStatus.Succeeded };

    /// <summary>Gets how it ended.</summary>
    public required StepStatus Status { get; init; }

    /// <summary>Gets how many tries there were.</summary>
    public int Attempts { get; init; } = 1;

    /// <summary>Gets the exit code of the last try, where there is one.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Gets the last part of what was written, where something was.</summary>
    public string? OutputTail { get; init; }

    /// <summary>Gets what went wrong, first cause first.</summary>
    public IReadOnlyList<SnapshotError> Errors { get; init; } = [];

    /// <summary>Gets what is odd but did no harm.</summary>
    public IReadOnlyList<SnapshotError> Warnings { get; init; } = [];

    /// <summary>Gets what still needs a human, such as a process that could not be ended.</summary>
    public IReadOnlyList<LeftBehind> LeftBehind { get; init; } = [];

    /// <summary>Makes a failure.</summary>
    /// <param name="error">What went wrong.</param>
    public static ParticipantResult Failed(SnapshotError error) => new() { Status = StepStatus.Failed, Errors = [error] };
}
