namespace AppConsistentSnapshot.Backends;

/// <summary>Who has to freeze a volume for its cut.</summary>
public enum FreezeNeed
{
    /// <summary>The host freezes it around the cut.</summary>
    HostMustFreeze = 0,

    /// <summary>The cut freezes it by itself, and a freeze by the host does no harm but is not needed.</summary>
    FreezesByItself = 1,

    /// <summary>The host must not freeze it: the cut would fail or hang. The cut itself is consistent for the file system.</summary>
    MustNotBeFrozen = 2,
}
