namespace AppConsistentSnapshot.Freezing;

/// <summary>Where the engine is with one file system.</summary>
internal enum FreezePhase
{
    /// <summary>Not touched yet.</summary>
    Waiting,

    /// <summary>FIFREEZE was called and has not returned.</summary>
    Freezing,

    /// <summary>This run froze it.</summary>
    Frozen,

    /// <summary>A second FIFREEZE was called and has not returned.</summary>
    Probing,

    /// <summary>FITHAW was called and has not returned.</summary>
    Thawing,

    /// <summary>At rest: it was released before its turn came.</summary>
    Skipped,

    /// <summary>At rest: FIFREEZE failed.</summary>
    Refused,

    /// <summary>At rest: a probe found it thawed by somebody else. What the probe froze by that is undone.</summary>
    Lost,

    /// <summary>At rest: FITHAW returned.</summary>
    Thawed,
}
