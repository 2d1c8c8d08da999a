namespace AppConsistentSnapshot.Participants;

/// <summary>A participant's part in one run.</summary>
/// <remarks>
/// Once <see cref="QuiesceAsync"/> was called, <see cref="ResumeAsync"/> is called, also if the former threw, hung or was cancelled.
/// If it was never called, neither is the latter. <see cref="IAsyncDisposable.DisposeAsync"/> releases handles and does nothing else.
/// </remarks>
public interface IParticipantSession : IAsyncDisposable
{
    /// <summary>Gets what <see cref="IApplicationParticipant.RecoverAsync"/> needs in another process. Journalled before the quiesce.</summary>
    string RecoveryState { get; }

    /// <summary>Brings the application to a state from which it can be restored, and holds it there.</summary>
    /// <param name="cancellationToken">Fires when the caller gave up or the time is over.</param>
    /// <returns>How it ended. An exception counts as failed.</returns>
    ValueTask<ParticipantResult> QuiesceAsync(CancellationToken cancellationToken);

    /// <summary>Says, after the last cut and before the thaw, whether the application has been quiesced all the time. Must not write to a disk.</summary>
    /// <param name="cancellationToken">Fires when the freeze window is over.</param>
    /// <returns><see langword="false"/>, or an exception, lowers the level of the snapshot.</returns>
    ValueTask<bool> ConfirmAsync(CancellationToken cancellationToken);

    /// <summary>Lets the application go on.</summary>
    /// <param name="context">How the run stands.</param>
    /// <param name="deadline">Fires when the time for it is over. It is never the caller's token: a cancelled run resumes too.</param>
    /// <returns>How it ended. An exception counts as failed.</returns>
    ValueTask<ParticipantResult> ResumeAsync(ResumeContext context, CancellationToken deadline);
}
