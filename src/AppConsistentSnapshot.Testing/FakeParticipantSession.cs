using AppConsistentSnapshot.Participants;

namespace AppConsistentSnapshot.Testing;

/// <summary>A session of a <see cref="FakeParticipant"/>.</summary>
internal sealed class FakeParticipantSession : IParticipantSession
{
    private readonly FakeParticipant _participant;

    public FakeParticipantSession(FakeParticipant participant) => _participant = participant;

    public string RecoveryState => _participant.Id;

    public async ValueTask<ParticipantResult> QuiesceAsync(CancellationToken cancellationToken)
    {
        _participant.Quiesced++;
        await _participant.Faults.PlayAsync(FakeParticipantPhase.Quiesce, cancellationToken).ConfigureAwait(false);
        return _participant.QuiesceResult ?? ParticipantResult.Succeeded;
    }

    public async ValueTask<bool> ConfirmAsync(CancellationToken cancellationToken)
    {
        await _participant.Faults.PlayAsync(FakeParticipantPhase.Confirm, cancellationToken).ConfigureAwait(false);
        return _participant.StaysQuiesced;
    }

    public async ValueTask<ParticipantResult> ResumeAsync(ResumeContext context, CancellationToken deadline)
    {
        _participant.Resumed++;
        _participant.LastResume = context;
        await _participant.Faults.PlayAsync(FakeParticipantPhase.Resume, deadline).ConfigureAwait(false);
        return _participant.ResumeResult ?? ParticipantResult.Succeeded;
    }

    public ValueTask DisposeAsync()
    {
        _participant.OpenSessions--;
        return ValueTask.CompletedTask;
    }
}
