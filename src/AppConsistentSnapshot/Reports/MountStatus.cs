namespace AppConsistentSnapshot.Reports;

/// <summary>What became of a mount in the freeze.</summary>
public enum MountStatus
{
    /// <summary>This run froze it.</summary>
    Frozen = 0,

    /// <summary>The backend's cut froze it.</summary>
    FrozenByBackend = 1,

    /// <summary>The level, the plan or the backend needed no freeze.</summary>
    NotNeeded = 2,

    /// <summary>It was not frozen, because the run had gone another way before.</summary>
    Skipped = 3,

    /// <summary>It could not be frozen, or did not stay frozen.</summary>
    Failed = 4,
}
