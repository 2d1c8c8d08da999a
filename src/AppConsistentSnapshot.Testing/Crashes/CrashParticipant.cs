using AppConsistentSnapshot.Participants;
using AppConsistentSnapshot.Reports;

namespace AppConsistentSnapshot.Testing.Crashes;

/// <summary>A participant as one process sees it.</summary>
internal sealed class CrashParticipant : IApplicationParticipant
{
    private readonly IApplicationParticipant _inner;
    private readonly CrashScript _script;
    private readonly CrashLedger _ledger;

    public CrashParticipant(IApplicationParticipant inner, CrashScript script, CrashLedger ledger)
    {
        _inner = inner;
        _script = script;
        _ledger = ledger;
    }

    public string Id => _inner.Id;

    public ParticipantInfo Info => _inner.Info;

    public async ValueTask<IParticipantSession> OpenAsync(ParticipantContext context, CancellationToken cancellationToken)
    {
        return await _script.RunAsync($"open {Id}", CrashModes.All, CrashModes.Kill, async () =>
        {
            var session = await _inner.OpenAsync(context, cancellationToken).ConfigureAwait(false);
            return new CrashSession(Id, session, _script, _ledger);
        }, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<ParticipantResult> RecoverAsync(ParticipantRecoveryContext context, CancellationToken deadline)
    {
        return await _script.RunAsync($"recover {Id}", CrashModes.Kill, CrashModes.Kill, async () =>
        {
            _ledger.Note(Id, static entry => entry with { Recoveries = entry.Recoveries + 1 });
            var result = await _inner.RecoverAsync(context, deadline).ConfigureAwait(false);
            _ledger.Note(Id, entry => entry with { IsResumed = entry.IsResumed || result.Status is StepStatus.Succeeded });
            return result;
        }, deadline).ConfigureAwait(false);
    }
}
