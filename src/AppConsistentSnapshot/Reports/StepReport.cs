namespace AppConsistentSnapshot.Reports;

/// <summary>One step of a run.</summary>
public sealed class StepReport
{
    /// <summary>Gets which step.</summary>
    public required StepName Name { get; init; }

    /// <summary>Gets what it was about: a plan, a participant, a mount, a backend.</summary>
    public string? Subject { get; init; }

    /// <summary>Gets how it ended.</summary>
    public required StepStatus Status { get; init; }

    /// <summary>Gets how many tries there were.</summary>
    public int Attempts { get; init; } = 1;

    /// <summary>Gets when it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Gets how long it took, in milliseconds.</summary>
    public required double DurationMilliseconds { get; init; }

    /// <summary>Gets the exit code of a script's last try.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Gets the last part of a script's output, at most 64 KiB.</summary>
    public string? OutputTail { get; init; }
}
