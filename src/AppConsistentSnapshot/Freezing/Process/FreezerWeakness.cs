namespace AppConsistentSnapshot.Freezing.Process;

/// <summary>What a freezer could not protect itself from.</summary>
[Flags]
internal enum FreezerWeakness
{
    None = 0,

    /// <summary>Its memory may be paged out.</summary>
    MemoryNotLocked = 1,

    /// <summary>The OOM killer may choose it.</summary>
    KillableWhenMemoryIsShort = 2,

    /// <summary>Whoever kills the host's cgroup kills it too.</summary>
    InTheHostsCgroup = 4,

    /// <summary>It sees the host's death by the socket alone, so not while a thread of the host is blocked in the kernel.</summary>
    BlindToBlockedHosts = 8,

    /// <summary>Its runtime may have to allocate memory during the freeze.</summary>
    MemoryNotReserved = 16,
}
