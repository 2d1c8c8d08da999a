namespace AppConsistentSnapshot.Participants;

/// <summary>How the run stands when a participant is resumed.</summary>
public sealed class ResumeContext
{
    /// <summary>Gets the outcome as far as it is known; completing the snapshot may still fail.</summary>
    public required SnapshotOutcome OutcomeSoFar { get; init; }

    /// <summary>Gets the level as far as it is known.</summary>
    public required ConsistencyLevel ConsistencySoFar { get; init; }
}
