namespace AppConsistentSnapshot;

/// <summary>How a run ended.</summary>
public enum SnapshotOutcome
{
    /// <summary>The run ended without a snapshot that is kept. Also the value before anything is known.</summary>
    Failed = 0,

    /// <summary>The snapshot has the level that was asked for, and everything was resumed.</summary>
    Succeeded = 1,

    /// <summary>The snapshot is kept at a lower level, or an application could not be resumed.</summary>
    Degraded = 2,

    /// <summary>The caller cancelled the run. Everything was thawed and resumed first.</summary>
    Cancelled = 3,
}
