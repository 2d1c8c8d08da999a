namespace AppConsistentSnapshot.Interop;

/// <summary>How a process ended.</summary>
internal sealed class ProcessExit
{
    /// <summary>The exit code, or null where a signal ended it or its end could not be learnt.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The signal that ended it.</summary>
    public int? Signal { get; init; }

    /// <summary>Why its end could not be learnt.</summary>
    public Errno WaitError { get; init; }
}
