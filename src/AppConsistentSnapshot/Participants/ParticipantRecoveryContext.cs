namespace AppConsistentSnapshot.Participants;

/// <summary>What is known of a run whose process died.</summary>
public sealed class ParticipantRecoveryContext
{
    /// <summary>Gets the id of that run.</summary>
    public required string RunId { get; init; }

    /// <summary>Gets the session's <see cref="IParticipantSession.RecoveryState"/>.</summary>
    public required string RecoveryState { get; init; }

    /// <summary>Gets the mount points of that run.</summary>
    public required IReadOnlyList<string> Mounts { get; init; }
}
