using AppConsistentSnapshot.Diagnostics;
using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Journals;
using AppConsistentSnapshot.Reports;

namespace AppConsistentSnapshot.Orchestration;

/// <summary>One try of a run: plan ► guard ► quiesce ► freeze ► cut ► confirm ► thaw ► resume ► report.</summary>
internal sealed class SnapshotRun
{
    private readonly RunContext _run;
    private readonly DateTimeOffset _startedAt;
    private readonly long _startedTimestamp;

    public SnapshotRun(RunContext run)
    {
        _run = run;
        _startedAt = run.TimeProvider.GetUtcNow();
        _startedTimestamp = run.TimeProvider.GetTimestamp();
    }

    public async Task<SnapshotReport> ExecuteAsync(int attempt, CancellationToken cancellationToken)
    {
        using var plans = await new PlanStage(_run).LoadAsync(cancellationToken).ConfigureAwait(false);
        var ticket = await EnterAsync(cancellationToken).ConfigureAwait(false);
        await using (ticket.ConfigureAwait(false))
        {
            var report = await ExecuteAsync(plans, attempt, cancellationToken).ConfigureAwait(false);
            ticket.IsUnfinished = report.LeftBehind.Any(static left => left.Kind is LeftBehindKind.FrozenMount);
            return report;
        }
    }

    private async Task<SnapshotReport> ExecuteAsync(PlanSet plans, int attempt, CancellationToken cancellationToken)
    {
        var preparation = new Preparation(_run);
        var participants = new ParticipantStage(_run, plans.Participants);
        await using (preparation.ConfigureAwait(false))
        await using (participants.ConfigureAwait(false))
        {
            var cut = await GuardedAsync(() => PrepareAndCutAsync(plans, preparation, participants, cancellationToken)).ConfigureAwait(false);
            await new CompletionStage(_run, preparation.Backends).FinishAsync(cut.IsCut, cancellationToken).ConfigureAwait(false);
            var clock = new RunClock(attempt, _startedAt, _run.TimeProvider.GetElapsedTime(_startedTimestamp));
            return ReportBuilder.Build(_run, plans, preparation, participants, cut, clock);
        }
    }

    /// <summary>One run at a time, and none that could not be cleaned up after.</summary>
    private async Task<RunTicket> EnterAsync(CancellationToken cancellationToken)
    {
        var ticket = await _run.Gate.EnterAsync(_run.RunId, _run.Request.WaitForOtherRun, _run.Recorder.Warning, cancellationToken).ConfigureAwait(false);
        _run.Journal = ticket.Journal;
        if (ticket.Refusal is { } refusal)
        {
            _run.Verdict.Record(Incident.PrepareFailed, refusal);
        }

        foreach (var warning in ticket.Warnings)
        {
            _run.Recorder.Warning(warning);
        }

        return ticket;
    }

    private async Task<CutRecord> PrepareAndCutAsync(
        PlanSet plans, Preparation preparation, ParticipantStage participants, CancellationToken cancellationToken)
    {
        if (_run.Verdict.IsAlive)
        {
            await new PreparationStage(_run, preparation).PrepareAsync(plans, cancellationToken).ConfigureAwait(false);
        }

        if (!_run.Verdict.IsAlive || cancellationToken.IsCancellationRequested)
        {
            return new CutRecord();
        }

        participants.Guard = preparation.Guard;
        await participants.OpenAsync(cancellationToken).ConfigureAwait(false);
        await FlushStage.FlushAsync(_run, preparation, CancellationToken.None, cancellationToken).ConfigureAwait(false);
        var cut = new CutRecord();
        try
        {
            await participants.QuiesceAsync(cancellationToken).ConfigureAwait(false);
            await FlushStage.FlushAsync(_run, preparation, participants.QuiesceDeadline, cancellationToken).ConfigureAwait(false);
            participants.CheckDeadline();
            await new CutStage(_run, preparation, participants, cut).RunAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // What the applications are told when they are resumed must be true: a log may be cut off on the strength of it.
            SettleVerdict(cut, cancellationToken);
            await participants.ResumeAsync().ConfigureAwait(false);
        }

        return cut;
    }

    private void SettleVerdict(CutRecord cut, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            _run.Verdict.Cancel();
        }

        if (!cut.IsCut)
        {
            _run.Verdict.GiveUp();
        }
    }

    /// <summary>A defect must not cost the run its roll-back and its report. By then everything was thawed and resumed.</summary>
    private async Task<CutRecord> GuardedAsync(Func<Task<CutRecord>> stages)
    {
        try
        {
            return await stages().ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The one place that may: what comes here was expected by nobody, and is reported as that.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _run.Logger.RunDefect(_run.RunId, exception);
            _run.Verdict.Record(Incident.CutFailed, new SnapshotError(
                ErrorCodes.UnexpectedError, $"{exception.GetType().Name}: {exception.Message}"));
            return new CutRecord();
        }
    }
}
