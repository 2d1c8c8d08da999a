using AppConsistentSnapshot.Diagnostics;
using AppConsistentSnapshot.Reports;
using Polly;
using Polly.Timeout;

namespace AppConsistentSnapshot.Orchestration;

/// <summary>Runs the workflow, again as a whole where the options say so.</summary>
internal sealed class SnapshotOrchestrator : ISnapshotOrchestrator
{
    private readonly RunContextFactory _contexts;
    private readonly TimeProvider _timeProvider;
    private readonly TimeSpan _patience;
    private readonly ResiliencePipeline<AttemptResult> _pipeline;

    public SnapshotOrchestrator(RunContextFactory contexts)
    {
        _contexts = contexts;
        _timeProvider = contexts.TimeProvider;
        _patience = contexts.Options.GracePeriod;
        _pipeline = RunPipeline.Create(contexts.Options, _timeProvider);
    }

    public async Task<SnapshotReport> RunAsync(
        SnapshotRequest request, IProgress<SnapshotProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        RequestRules.Check(request, needsVolumes: true);
        cancellationToken.ThrowIfCancellationRequested();
        var pump = new ProgressPump(progress, _contexts.Quiet, _timeProvider, _patience);
        await using (pump.ConfigureAwait(false))
        {
            return await RunAsync(request, pump, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<SnapshotReport> RunAsync(SnapshotRequest request, ProgressPump pump, CancellationToken cancellationToken)
    {
        AttemptResult? last = null;
        var attempt = 0;
        try
        {
            await _pipeline.ExecuteAsync(
                async token => last = await TryAsync(request, pump, ++attempt, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (last is not null && exception is OperationCanceledException or TimeoutRejectedException)
        {
            // The time was over, or the caller gave up, between two tries: the report of the last one says how things stand.
        }

        // A report that names something left behind is never thrown away.
        return last is { Report: { Outcome: SnapshotOutcome.Cancelled, LeftBehind: [], Steps: var steps } }
            && !steps.Any(Touches) && cancellationToken.IsCancellationRequested
            ? throw new OperationCanceledException(cancellationToken)
            : last!.Report;
    }

    public async Task<SnapshotExplanation> ExplainAsync(SnapshotRequest request, CancellationToken cancellationToken = default)
    {
        RequestRules.Check(request, needsVolumes: false);
        var silent = new ProgressPump(consumer: null, _contexts.Quiet, _timeProvider, _patience);
        await using (silent.ConfigureAwait(false))
        {
            var run = _contexts.Create(request, silent);
            using var plans = await new PlanStage(run).LoadAsync(cancellationToken).ConfigureAwait(false);
            return new Explainer(run, plans).Explain();
        }
    }

    private static bool Touches(StepReport step) =>
        step is { Name: > StepName.Flush and < StepName.Complete, Status: not StepStatus.Skipped };

    private async ValueTask<AttemptResult> TryAsync(SnapshotRequest request, ProgressPump pump, int attempt, CancellationToken cancellationToken)
    {
        var run = _contexts.Create(request, pump);
        run.Logger.RunBegins(run.RunId, attempt, request.Consistency, string.Join(", ", request.Volumes.Select(static volume => volume.Path)));
        var report = await new SnapshotRun(run).ExecuteAsync(attempt, cancellationToken).ConfigureAwait(false);
        ReportLog.Write(run.Logger, report);
        return new AttemptResult(report, run.Verdict.Policy.ContinueOnFailure);
    }
}
