namespace AppConsistentSnapshot.Reports;

/// <summary>How a step ended.</summary>
public enum StepStatus
{
    /// <summary>It did what it should.</summary>
    Succeeded = 0,

    /// <summary>It did not.</summary>
    Failed = 1,

    /// <summary>It was not done in time.</summary>
    TimedOut = 2,

    /// <summary>It was not needed, or not allowed after what came before.</summary>
    Skipped = 3,

    /// <summary>The caller gave up.</summary>
    Cancelled = 4,
}
