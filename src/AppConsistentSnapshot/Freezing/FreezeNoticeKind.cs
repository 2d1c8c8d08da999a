namespace AppConsistentSnapshot.Freezing;

/// <summary>What the engine tells.</summary>
internal enum FreezeNoticeKind
{
    /// <summary>Everything is frozen.</summary>
    Frozen,

    /// <summary>Every file system answered a probe.</summary>
    Probed,

    /// <summary>Thawing has begun.</summary>
    Released,

    /// <summary>Everything is at rest, or the engine waited long enough for what still blocks.</summary>
    Ended,

    /// <summary>What still blocked at the end is at rest now.</summary>
    Settled,
}
