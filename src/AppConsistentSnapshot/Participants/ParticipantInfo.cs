namespace AppConsistentSnapshot.Participants;

/// <summary>What the orchestrator has to know of a participant before anything is touched.</summary>
public sealed class ParticipantInfo
{
    /// <summary>Gets what it is.</summary>
    public ParticipantKind Kind { get; init; }

    /// <summary>Gets where the application keeps its data. A path outside the snapshot lowers the level.</summary>
    /// <value>Empty by default: not known.</value>
    public IReadOnlyList<string> DataPaths { get; init; } = [];

    /// <summary>Gets whether the run may go on at a lower level when this participant fails. All participants have to say so.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool ContinueOnFailure { get; init; } = true;

    /// <summary>Gets whether the file systems have to be frozen. They are if all participants say so.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool FreezeFileSystems { get; init; } = true;

    /// <summary>Gets how long quiescing may take.</summary>
    /// <value><see langword="null"/> by default: <see cref="SnapshotOptions.ParticipantLimit"/>.</value>
    public TimeSpan? QuiesceLimit { get; init; }

    /// <summary>Gets how long resuming may take.</summary>
    /// <value><see langword="null"/> by default: <see cref="SnapshotOptions.ParticipantLimit"/>.</value>
    public TimeSpan? ResumeLimit { get; init; }
}
