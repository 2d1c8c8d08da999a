namespace AppConsistentSnapshot.Participants;

/// <summary>The run that a session is opened for.</summary>
public sealed class ParticipantContext
{
    /// <summary>Gets the run's id.</summary>
    public required string RunId { get; init; }

    /// <summary>Gets the mount points of the snapshot.</summary>
    public required IReadOnlyList<string> Mounts { get; init; }

    /// <summary>Gets where to tell, in words, what takes long. It never blocks.</summary>
    public Action<string> ReportProgress { get; init; } = static _ => { };
}
