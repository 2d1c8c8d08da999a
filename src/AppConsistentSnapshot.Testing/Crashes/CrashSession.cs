using AppConsistentSnapshot.Participants;
using AppConsistentSnapshot.Reports;

namespace AppConsistentSnapshot.Testing.Crashes;

/// <summary>A session of a <see cref="CrashParticipant"/>.</summary>
internal sealed class CrashSession : IParticipantSession
{
    private readonly string _id;
    private readonly IParticipantSession _inner;
    private readonly CrashScript _script;
    private readonly CrashLedger _ledger;

    public CrashSession(string id, IParticipantSession inner, CrashScript script, CrashLedger ledger)
    {
        _id = id;
        _inner = inner;
        _script = script;
        _ledger = ledger;
    }

    public string RecoveryState => _inner.RecoveryState;

    public async ValueTask<ParticipantResult> QuiesceAsync(CancellationToken cancellationToken)
    {
        return await _script.RunAsync($"quiesce {_id}", CrashModes.All, CrashModes.All, async () =>
        {
            _ledger.Note(_id, static entry => entry with { WasStarted = true });
            var result = await _inner.QuiesceAsync(cancellationToken).ConfigureAwait(false);
            _ledger.Note(_id, entry => entry with { IsQuiesced = result.Status is StepStatus.Succeeded });
            return result;
        }, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<bool> ConfirmAsync(CancellationToken cancellationToken)
    {
        return await _script.RunAsync($"confirm {_id}", CrashModes.All, CrashModes.All, async () =>
        {
            var isQuiesced = await _inner.ConfirmAsync(cancellationToken).ConfigureAwait(false);
            return isQuiesced;
        }, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<ParticipantResult> ResumeAsync(ResumeContext context, CancellationToken deadline)
    {
        return await _script.RunAsync($"resume {_id}", CrashModes.All, CrashModes.All, async () =>
        {
            _ledger.Note(_id, static entry => entry with { Resumes = entry.Resumes + 1 });
            var result = await _inner.ResumeAsync(context, deadline).ConfigureAwait(false);
            _ledger.Note(_id, entry => entry with { IsResumed = entry.IsResumed || result.Status is StepStatus.Succeeded });
            return result;
        }, deadline).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await _script.StopIfKilledAsync().ConfigureAwait(false);
        await _inner.DisposeAsync().ConfigureAwait(false);
    }
}
