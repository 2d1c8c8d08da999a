using AppConsistentSnapshot.Reports;

namespace AppConsistentSnapshot.Orchestration;

/// <summary>How a call of somebody else's code ended.</summary>
internal sealed class CallOutcome<T>
{
    public required StepStatus Status { get; init; }

    /// <summary>What it returned, where <see cref="Status"/> is <see cref="StepStatus.Succeeded"/>.</summary>
    public T? Value { get; init; }

    /// <summary>What it threw.</summary>
    public Exception? Exception { get; init; }

    /// <summary>The call itself, where it did not return in time and is still under way.</summary>
    public Task? StillRunning { get; init; }
}
