namespace AppConsistentSnapshot.Testing.Crashes;

/// <summary>What was really done with a participant.</summary>
internal sealed record CrashLedgerEntry
{
    /// <summary>Whether its quiesce was begun.</summary>
    public bool WasStarted { get; init; }

    /// <summary>Whether its quiesce succeeded.</summary>
    public bool IsQuiesced { get; init; }

    /// <summary>How often the run resumed it.</summary>
    public int Resumes { get; init; }

    /// <summary>How often a recovery did.</summary>
    public int Recoveries { get; init; }

    /// <summary>Whether one of them succeeded.</summary>
    public bool IsResumed { get; init; }
}
