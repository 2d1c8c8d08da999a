namespace AppConsistentSnapshot.Participants;

/// <summary>An application that can be quiesced for a snapshot (what VSS calls a writer).</summary>
/// <remarks>
/// Participants are quiesced in order and resumed in reverse. A participant must be usable for several runs, one after the other.
/// </remarks>
public interface IApplicationParticipant
{
    /// <summary>Gets a stable id, unique in a request; it names the participant in reports and in the recovery journal.</summary>
    string Id { get; }

    /// <summary>Gets what the orchestrator has to know before anything is touched.</summary>
    ParticipantInfo Info { get; }

    /// <summary>Opens a session for one run. Touches nothing: no application notices it.</summary>
    /// <param name="context">The run.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The session. The orchestrator disposes it.</returns>
    ValueTask<IParticipantSession> OpenAsync(ParticipantContext context, CancellationToken cancellationToken);

    /// <summary>Resumes the application after a run whose process died, from the session's <see cref="IParticipantSession.RecoveryState"/> alone.</summary>
    /// <param name="context">What is known of that run.</param>
    /// <param name="deadline">Fires when the time for it is over.</param>
    /// <returns>How it ended. It may be called again for the same run, so it must be harmless when the application already works.</returns>
    ValueTask<ParticipantResult> RecoverAsync(ParticipantRecoveryContext context, CancellationToken deadline);
}
