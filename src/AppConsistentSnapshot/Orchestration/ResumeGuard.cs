using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Freezing;
using AppConsistentSnapshot.Freezing.Process;
using AppConsistentSnapshot.Participants;

namespace AppConsistentSnapshot.Orchestration;

/// <summary>Tells the freezer of the applications that it has to resume if this process dies: those whose resume is a script.</summary>
internal sealed class ResumeGuard : IAsyncDisposable
{
    private readonly RunContext _run;
    private readonly IResumeGuard _guard;
    private readonly IAsyncDisposable? _owned;

    private ResumeGuard(RunContext run, IResumeGuard guard, IAsyncDisposable? owned)
    {
        _run = run;
        _guard = guard;
        _owned = owned;
    }

    /// <summary>Arms what is to be frozen; where nothing is, but scripts are to be run, a freezer without file systems.</summary>
    /// <returns>The guard, or <see langword="null"/> where there is none.</returns>
    /// <exception cref="FreezeException">Something is to be frozen, and there is nobody to do it.</exception>
    public static async ValueTask<ResumeGuard?> ArmAsync(RunContext run, IPreparedFreeze? freeze, PlanSet plans, CancellationToken cancellationToken)
    {
        if (freeze is IArmedFreeze armed)
        {
            await armed.ArmAsync(cancellationToken).ConfigureAwait(false);
            return Over(run, armed.Freezer, owned: null);
        }

        if (freeze is not null || run.FreezeController is not IFreezerSource source || !plans.Participants.Any(IsScript))
        {
            return null;
        }

        try
        {
            var freezer = await source.ArmWithoutFileSystemsAsync(cancellationToken).ConfigureAwait(false);
            return Over(run, freezer, freezer);
        }
        catch (FreezeException error)
        {
            // Nothing is frozen, so nothing is refused.
            run.Recorder.Warning(new SnapshotError(
                ErrorCodes.FreezerUnprotected, $"If this process dies, nobody resumes the application: {error.Errors[0].Message}"));
            return null;
        }
    }

    /// <summary>An application is about to be quiesced.</summary>
    public void Quiescing(ParticipantEntry entry, IParticipantSession session)
    {
        if (entry.Info.Kind is not ParticipantKind.ScriptPair)
        {
            return;
        }

        entry.Obligation = _guard.Owe(new ResumeObligation
        {
            ParticipantId = entry.Id,
            RunId = _run.RunId,
            RecoveryState = session.RecoveryState,
            Mounts = [.. _run.Request.Volumes.Select(static volume => volume.Path)],
            Plan = entry.Id,
            Owner = _run.Options.Owner,
            GraceSeconds = _run.Options.GracePeriod.TotalSeconds,
            Umask = (int)_run.Options.ScriptUmask,
            RetryDelaySeconds = _run.Options.ScriptRetryDelay.TotalSeconds,
        });
        if (entry.Obligation is null)
        {
            _run.Recorder.Warning(new SnapshotError(
                ErrorCodes.FreezerUnprotected, $"If this process dies, nobody resumes '{entry.Id}': the freezer could not be told of it")
            {
                Subject = entry.Id,
            });
        }
    }

    /// <summary>An application is somewhere else now.</summary>
    public void Enter(ParticipantEntry entry, ObligationStage stage) => _guard.Enter(entry.Obligation, stage);

    public ValueTask DisposeAsync() => _owned?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static bool IsScript(IApplicationParticipant participant) => participant.Info.Kind is ParticipantKind.ScriptPair;

    private static ResumeGuard? Over(RunContext run, IFreezer? freezer, IAsyncDisposable? owned)
    {
        foreach (var warning in freezer?.Warnings ?? [])
        {
            run.Recorder.Warning(warning);
        }

        return freezer is IResumeGuard guard ? new ResumeGuard(run, guard, owned) : null;
    }
}
