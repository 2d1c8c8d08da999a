using AppConsistentSnapshot.Diagnostics;
using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Journals;
using AppConsistentSnapshot.Orchestration;
using AppConsistentSnapshot.Participants;
using AppConsistentSnapshot.Reports;

namespace AppConsistentSnapshot.Recovery;

/// <summary>Resumes the participants of a run that died.</summary>
internal sealed class ResumeRecovery
{
    private readonly RecoveryParts _parts;
    private readonly RecoveryRequest _request;
    private readonly string _runId;
    private readonly RunRecorder _recorder;

    public ResumeRecovery(RecoveryParts parts, RecoveryRequest request, string runId, RunRecorder recorder)
    {
        _parts = parts;
        _request = request;
        _runId = runId;
        _recorder = recorder;
    }

    public async Task<StepStatus> ResumeAsync(JournalRecord owed, bool hostWasRestarted)
    {
        var name = owed.Kind is ParticipantKind.ScriptPair ? StepName.PostScript : StepName.Resume;
        var step = _recorder.Begin(name, owed.Participant);
        var result = Find(owed) is { } resume
            ? await ResumeAsync(owed, resume, hostWasRestarted).ConfigureAwait(false)
            : Failure(owed, $"Nobody here knows a participant '{owed.Participant}', so its application was not resumed.");
        Note(owed, result);
        _parts.Logger.RecoveryStep(_runId, name.ToString(), owed.Participant!, result.Status.ToString());
        step.End(result.Status, result);
        return result.Status;
    }

    private Resume? Find(JournalRecord owed)
    {
        if (_request.Participants.FirstOrDefault(participant => participant.Id == owed.Participant) is { } known)
        {
            return new Resume(known.RecoverAsync, known.Info.ResumeLimit ?? _parts.Options.ParticipantLimit, IsScript: false);
        }

        return owed.Kind is ParticipantKind.ScriptPair && _parts.Scripts is { } scripts
            ? new Resume(scripts.RecoverAsync, _parts.LongestScript, IsScript: true)
            : null;
    }

    private async Task<ParticipantResult> ResumeAsync(JournalRecord owed, Resume resume, bool hostWasRestarted)
    {
        if (resume.IsScript && !hostWasRestarted && await EndRemainsAsync(owed).ConfigureAwait(false) is { } obstacle)
        {
            return obstacle;
        }

        var context = new ParticipantRecoveryContext { RunId = _runId, RecoveryState = owed.State!, Mounts = owed.Volumes ?? [] };
        var outcome = await _parts.Caller.CallAsync(
            deadline => resume.Call(context, deadline), resume.Limit, _parts.Patience, CancellationToken.None).ConfigureAwait(false);
        return outcome.Value ?? new ParticipantResult
        {
            Status = outcome.Status,
            Errors = [Failures.Describe(outcome, owed.Participant!, "resume", ErrorCodes.ResumeFailed, ErrorCodes.ResumeTimeout)],
        };
    }

    /// <summary>Ends what is left of the pre-script, and waits for a post-script that still runs. Its end cannot be known, so it is run again.</summary>
    private async Task<ParticipantResult?> EndRemainsAsync(JournalRecord owed)
    {
        var remains = new ScriptRemains(_parts, _runId, owed.Participant!);
        foreach (var pid in await remains.EndPreScriptAsync().ConfigureAwait(false))
        {
            _recorder.Left(new LeftBehind
            {
                Kind = LeftBehindKind.RunningProcess,
                Id = $"{pid}",
                Remedy = $"It is left of the pre-script of '{owed.Participant}' and does not end; look at what it waits for.",
            });
        }

        return await remains.WaitForPostScriptAsync().ConfigureAwait(false)
            ? null
            : Failure(owed, $"The post-script of '{owed.Participant}' that run '{_runId}' had started still runs.");
    }

    private static ParticipantResult Failure(JournalRecord owed, string message) =>
        ParticipantResult.Failed(new SnapshotError(ErrorCodes.ResumeFailed, message) { Subject = owed.Participant });

    private void Note(JournalRecord owed, ParticipantResult result)
    {
        foreach (var warning in result.Warnings)
        {
            _recorder.Warning(warning);
        }

        foreach (var left in result.LeftBehind)
        {
            _recorder.Left(left);
        }

        if (result.Status is StepStatus.Succeeded)
        {
            return;
        }

        foreach (var error in result.Errors.DefaultIfEmpty(Failure(owed, $"'{owed.Participant}' says that it could not resume, and not why.").Errors[0]))
        {
            _recorder.Error(error);
        }

        _recorder.Left(new LeftBehind
        {
            Kind = LeftBehindKind.QuiescedParticipant,
            Id = owed.Participant!,
            Remedy = $"Check that the application of '{owed.Participant}' works, and resume it by hand if not. 'acsnap recover' tries it again.",
        });
    }

    private sealed record Resume(
        Func<ParticipantRecoveryContext, CancellationToken, ValueTask<ParticipantResult>> Call, TimeSpan Limit, bool IsScript);
}
