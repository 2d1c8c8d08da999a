namespace AppConsistentSnapshot.Testing;

/// <summary>A request for the <see cref="CrashHarness"/>, with backends and participants that nobody has used yet.</summary>
public sealed class CrashScene
{
    /// <summary>Gets the volumes. Their mounts are fakes; their backends are whatever is to be tested.</summary>
    public required IReadOnlyList<SnapshotVolume> Volumes { get; init; }

    /// <summary>Gets the participants, fakes or not.</summary>
    /// <value>Empty by default.</value>
    public IReadOnlyList<Participants.IApplicationParticipant> Participants { get; init; } = [];

    /// <summary>Gets the level that is wanted.</summary>
    /// <value>The default is <see cref="ConsistencyLevel.Application"/>, which needs a participant.</value>
    public ConsistencyLevel Consistency { get; init; } = ConsistencyLevel.Application;

    /// <summary>Gets whether a failure may lead to a snapshot of a lower level.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool ContinueOnFailure { get; init; } = true;

    /// <summary>Gets what finds, after everything was recovered, whatever else is wrong: one sentence each.</summary>
    /// <value><see langword="null"/> by default: the invariants of the library alone are checked.</value>
    public Func<ValueTask<IReadOnlyList<string>>>? FindViolations { get; init; }
}
