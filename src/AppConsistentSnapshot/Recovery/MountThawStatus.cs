namespace AppConsistentSnapshot.Recovery;

/// <summary>What became of a mount.</summary>
internal enum MountThawStatus
{
    /// <summary>It was frozen, and is no more.</summary>
    Thawed = 0,

    /// <summary>It was not frozen any more.</summary>
    WasNotFrozen = 1,

    /// <summary>That file system is not mounted there any more.</summary>
    NotThere = 2,

    /// <summary>A device below it is suspended: a thaw would do lasting damage.</summary>
    Suspended = 3,

    /// <summary>The kernel does not answer.</summary>
    Blocked = 4,

    /// <summary>The kernel refused.</summary>
    Failed = 5,
}
