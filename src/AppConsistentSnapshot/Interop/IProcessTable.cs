namespace AppConsistentSnapshot.Interop;

/// <summary>Which processes there are.</summary>
internal interface IProcessTable
{
    /// <summary>This process.</summary>
    ProcessIdentity Self { get; }

    /// <summary>Whether that very process is alive: a later one with the same number is another one.</summary>
    bool IsAlive(ProcessIdentity process);

    /// <summary>The processes that have all of these entries in their environment.</summary>
    IReadOnlyList<int> FindMarked(IReadOnlyList<string> marks);

    /// <summary>Signals the processes that have all of these entries in their environment.</summary>
    void SignalMarked(IReadOnlyList<string> marks, ProcessSignal signal);
}
