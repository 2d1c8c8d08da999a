using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Freezing.Process;
using AppConsistentSnapshot.Participants;
using AppConsistentSnapshot.Reports;

namespace AppConsistentSnapshot.Orchestration;

// The promise of this class
// -------------------------
// - Once quiesce was called, resume is called: also where quiesce threw, hung, was cancelled, or the run failed meanwhile.
// - Resume takes no caller's token. A participant that hangs keeps nobody else from being resumed.

/// <summary>quiesce, confirm and resume: in order, and in reverse.</summary>
internal sealed class ParticipantStage : IAsyncDisposable
{
    private readonly RunContext _run;
    private readonly IReadOnlyList<ParticipantEntry> _entries;
    private CancellationTokenSource? _quiesceDeadline;
    private long? _quiescedAt;

    public ParticipantStage(RunContext run, IEnumerable<IApplicationParticipant> participants)
    {
        _run = run;
        _entries = [.. participants.Select(static participant => new ParticipantEntry(participant))];
    }

    /// <summary>Fires when the time from the first successful quiesce to the freeze is over.</summary>
    public CancellationToken QuiesceDeadline => _quiesceDeadline?.Token ?? CancellationToken.None;

    /// <summary>Resumes the applications if this process dies.</summary>
    public ResumeGuard? Guard { get; set; }

    /// <summary>From the end of the last quiesce to the start of the first resume; null where nothing was quiesced.</summary>
    public TimeSpan? QuiesceWindow { get; private set; }

    /// <summary>Opens a session for each. No application notices.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        foreach (var entry in _entries)
        {
            var context = new ParticipantContext
            {
                RunId = _run.RunId,
                Mounts = [.. _run.Request.Volumes.Select(static volume => volume.Path)],
                ReportProgress = message => _run.Recorder.Tell(entry.Step, entry.Id, message),
            };
            var outcome = await _run.Caller.CallAsync(
                token => entry.Participant.OpenAsync(context, token), LimitOf(entry.Info.QuiesceLimit), _run.Patience, cancellationToken).ConfigureAwait(false);
            entry.Session = outcome.Value;
            if (outcome.Status is not (StepStatus.Succeeded or StepStatus.Cancelled))
            {
                _run.Verdict.Record(
                    Incident.QuiesceFailed, Failures.Describe(outcome, entry.Id, "open a session", ErrorCodes.QuiesceFailed, ErrorCodes.QuiesceTimeout));
            }
        }
    }

    /// <summary>Quiesces in order, for as long as application consistency can still be reached.</summary>
    public async Task QuiesceAsync(CancellationToken cancellationToken)
    {
        foreach (var entry in _entries)
        {
            if (entry.Session is null || _run.Verdict.Ceiling < ConsistencyLevel.Application || cancellationToken.IsCancellationRequested)
            {
                _run.Recorder.Skip(entry.QuiesceStep, entry.Id);
                continue;
            }

            await QuiesceAsync(entry, entry.Session, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Checks, immediately before the freeze, that the applications have not been held for too long already.</summary>
    public void CheckDeadline()
    {
        if (QuiesceDeadline.IsCancellationRequested && _run.Verdict.Ceiling is ConsistencyLevel.Application)
        {
            _run.Verdict.Record(Incident.QuiesceFailed, new SnapshotError(
                ErrorCodes.QuiesceTimeout,
                $"The freeze had not begun {_run.Options.QuiesceLimit.TotalSeconds:0.#} seconds after the first application was quiesced."));
        }
    }

    /// <summary>Asks, after the last cut and before the thaw, whether every application is still quiesced.</summary>
    public async Task ConfirmAsync(TimeSpan limit, CancellationToken windowIsOver)
    {
        if (_run.Verdict.Ceiling < ConsistencyLevel.Application || _entries.Count == 0)
        {
            return;
        }

        var step = _run.Recorder.Begin(StepName.Confirm);
        var answers = await Task.WhenAll(_entries.Select(async entry => (entry.Id, Outcome: await _run.Caller.CallAsync(
            entry.Session!.ConfirmAsync, limit, TimeSpan.Zero, windowIsOver).ConfigureAwait(false)))).ConfigureAwait(false);
        SnapshotError[] errors = [.. answers
            .Where(static answer => !answer.Outcome.Value)
            .Select(static answer => answer.Outcome.Status is StepStatus.Succeeded
                ? new SnapshotError(ErrorCodes.NoLongerQuiesced, $"'{answer.Id}' says that it did not stay quiesced until the last cut.") { Subject = answer.Id }
                : Failures.Describe(answer.Outcome, answer.Id, "confirm that it stayed quiesced", ErrorCodes.NoLongerQuiesced, ErrorCodes.NoLongerQuiesced))];
        if (errors.Length > 0)
        {
            _run.Verdict.Record(Incident.NoLongerQuiesced, errors);
        }

        step.End(errors.Length == 0 ? StepStatus.Succeeded : StepStatus.Failed);
    }

    /// <summary>Resumes, in reverse, everything that quiesce was called for.</summary>
    public async Task ResumeAsync()
    {
        if (_quiescedAt is { } quiescedAt)
        {
            QuiesceWindow = _run.TimeProvider.GetElapsedTime(quiescedAt);
        }

        foreach (var entry in _entries.Reverse().Where(static entry => entry.ResumeIsOwed))
        {
            await ResumeAsync(entry, entry.Session!).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _quiesceDeadline?.Dispose();
        foreach (var entry in _entries)
        {
            await Release.QuietlyAsync(_run, entry.Session, entry.Id).ConfigureAwait(false);
        }
    }

    private async Task QuiesceAsync(ParticipantEntry entry, IParticipantSession session, CancellationToken cancellationToken)
    {
        var step = _run.Recorder.Begin(entry.QuiesceStep, entry.Id);
        if (await JournalAsync(entry, session).ConfigureAwait(false) is { } error)
        {
            _run.Verdict.Record(Incident.QuiesceFailed, error);
            step.End(StepStatus.Failed);
            return;
        }

        entry.ResumeIsOwed = true;
        Guard?.Quiescing(entry, session);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, QuiesceDeadline);
        var outcome = await _run.Caller.CallAsync(session.QuiesceAsync, LimitOf(entry.Info.QuiesceLimit), _run.Patience, stop.Token).ConfigureAwait(false);
        var result = Note(outcome, entry, "quiesce", ErrorCodes.QuiesceFailed, ErrorCodes.QuiesceTimeout);
        Guard?.Enter(entry, ObligationStage.Quiesced);
        entry.LateQuiesce = outcome.StillRunning;
        _quiescedAt = _run.TimeProvider.GetTimestamp();
        if (result.Status is StepStatus.Succeeded)
        {
            _quiesceDeadline ??= new CancellationTokenSource(_run.Options.QuiesceLimit, _run.TimeProvider);
        }
        else if (!cancellationToken.IsCancellationRequested)
        {
            _run.Verdict.Record(Incident.QuiesceFailed, result.Errors);
        }

        step.End(result.Status, result);
    }

    private Task<SnapshotError?> JournalAsync(ParticipantEntry entry, IParticipantSession session) => _run.Journal.QuiescingAsync(
        IndexOf(entry), entry.Id, entry.Info.Kind, session.RecoveryState, [.. _run.Request.Volumes.Select(static volume => volume.Path)]);

    private int IndexOf(ParticipantEntry entry) => _entries.Index().First(pair => pair.Item == entry).Index;

    private async Task ResumeAsync(ParticipantEntry entry, IParticipantSession session)
    {
        var step = _run.Recorder.Begin(entry.ResumeStep, entry.Id);
        entry.IsResuming = true;
        Guard?.Enter(entry, ObligationStage.Resuming);
        var context = new ResumeContext { OutcomeSoFar = _run.Verdict.Outcome, ConsistencySoFar = _run.Verdict.Consistency };
        var outcome = await _run.Caller.CallAsync(
            deadline => session.ResumeAsync(context, deadline), LimitOf(entry.Info.ResumeLimit), _run.Patience, CancellationToken.None).ConfigureAwait(false);
        var result = Note(outcome, entry, "resume", ErrorCodes.ResumeFailed, ErrorCodes.ResumeTimeout);
        _run.Journal.Resumed(IndexOf(entry), entry.Id, result.Status);
        Guard?.Enter(entry, ObligationStage.Settled);
        if (result.Status is not (StepStatus.Succeeded or StepStatus.Skipped))
        {
            _run.Verdict.Record(Incident.ResumeFailed, result.Errors);
            LeaveBehind(entry);
        }
        else if (entry.LateQuiesce is { IsCompleted: false })
        {
            // What hangs in quiesce may still get through, and hold an application that was just let go.
            LeaveBehind(entry);
        }

        step.End(result.Status, result);
    }

    private void LeaveBehind(ParticipantEntry entry) => _run.Recorder.Left(new LeftBehind
    {
        Kind = LeftBehindKind.QuiescedParticipant,
        Id = entry.Id,
        Remedy = entry.Info.Kind is ParticipantKind.ScriptPair
            ? $"Check that the application works; if not, run the post-script of '{entry.Id}' by hand as root."
            : $"Check that the application of '{entry.Id}' works, and resume it by hand if not.",
    });

    /// <summary>The participant's own result, or one made of how the call ended; a failure always has an error.</summary>
    private ParticipantResult Note(
        CallOutcome<ParticipantResult> outcome, ParticipantEntry entry, string verb, ErrorCode failed, ErrorCode timedOut)
    {
        if (outcome.Value is not { } result)
        {
            return new ParticipantResult { Status = outcome.Status, Errors = [Failures.Describe(outcome, entry.Id, verb, failed, timedOut)] };
        }

        foreach (var warning in result.Warnings)
        {
            _run.Recorder.Warning(warning);
        }

        foreach (var left in result.LeftBehind)
        {
            _run.Recorder.Left(left);
        }

        return result is { Status: not (StepStatus.Succeeded or StepStatus.Skipped), Errors: [] }
            ? new ParticipantResult
            {
                Status = result.Status,
                Attempts = result.Attempts,
                ExitCode = result.ExitCode,
                OutputTail = result.OutputTail,
                Errors = [new SnapshotError(
                    result.Status is StepStatus.TimedOut ? timedOut : failed, $"'{entry.Id}' says that it could not {verb}, and not why.") { Subject = entry.Id }],
            }
            : result;
    }

    private TimeSpan LimitOf(TimeSpan? limit) => limit ?? _run.Options.ParticipantLimit;
}
