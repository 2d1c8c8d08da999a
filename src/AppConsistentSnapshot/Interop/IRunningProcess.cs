namespace AppConsistentSnapshot.Interop;

/// <summary>A started program, and whatever stems from it.</summary>
/// <remarks>
/// Until it is disposed the process is not reaped, so its number, which is also that of its group and session, cannot become somebody else's.
/// </remarks>
internal interface IRunningProcess : IDisposable
{
    int Id { get; }

    /// <summary>Completes when the process has ended and what it had written until then was handed on. Never faults.</summary>
    Task<ProcessExit> Exited { get; }

    /// <summary>Why it has no cgroup of its own, or null where it has one, as far as is known yet.</summary>
    string? CgroupProblem { get; }

    /// <summary>The processes that were still alive at the last look of <see cref="EndAsync"/>.</summary>
    IReadOnlyList<int> Alive { get; }

    /// <summary>Sends a signal, and completes when nothing in scope is alive any more.</summary>
    /// <remarks>SIGTERM is sent once, so that what a script starts to clean up is spared; SIGKILL to whatever turns up.</remarks>
    /// <param name="signal">What to send.</param>
    /// <param name="scope">To whom.</param>
    /// <param name="waitLimit">Ends the waiting, not what was begun.</param>
    /// <exception cref="OperationCanceledException">Something is still alive.</exception>
    Task EndAsync(ProcessSignal signal, EndScope scope, CancellationToken waitLimit);
}
