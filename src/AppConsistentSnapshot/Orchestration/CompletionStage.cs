using AppConsistentSnapshot.Backends;
using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Reports;
using Polly;

namespace AppConsistentSnapshot.Orchestration;

/// <summary>Completes what was cut, or rolls it back: after this no backend has anything that the report does not name.</summary>
internal sealed class CompletionStage
{
    private readonly RunContext _run;
    private readonly IReadOnlyList<PreparedBackend> _backends;

    public CompletionStage(RunContext run, IReadOnlyList<PreparedBackend> backends)
    {
        _run = run;
        _backends = backends;
    }

    public async Task FinishAsync(bool isCut, CancellationToken cancellationToken)
    {
        var verdict = _run.Verdict;
        if (cancellationToken.IsCancellationRequested)
        {
            verdict.Cancel();
        }

        if (isCut && verdict.IsAlive && (!verdict.IsCancelled || _run.Request.KeepWhenCancelledAfterCut))
        {
            await CompleteAsync(cancellationToken).ConfigureAwait(false);
        }

        // A cancelled run keeps what is finished; any other keeps all or nothing.
        PreparedBackend[] unwanted = [.. _backends.Where(backend => !verdict.IsAlive || !backend.IsComplete)];
        await Task.WhenAll(unwanted.Select(RollBackAsync)).ConfigureAwait(false);
        foreach (var volume in unwanted.SelectMany(static backend => backend.Volumes))
        {
            verdict.Drop(volume);
        }

        if (_backends.All(static backend => !backend.IsComplete))
        {
            verdict.GiveUp();
        }
    }

    private async Task CompleteAsync(CancellationToken cancellationToken)
    {
        var context = new CompletionContext
        {
            Consistency = _run.Request.Volumes.ToDictionary(static volume => volume.Path, volume => _run.Verdict.Of(volume.Path), StringComparer.Ordinal),
        };
        var pipeline = BackendPipeline.Create(_run.Options, _run.Options.CompleteLimit, _run.TimeProvider);
        var errors = (await Task.WhenAll(_backends.Select(backend => CompleteAsync(backend, context, pipeline, cancellationToken))).ConfigureAwait(false))
            .OfType<SnapshotError>().ToArray();
        if (cancellationToken.IsCancellationRequested)
        {
            _run.Verdict.Cancel();
        }
        else if (errors.Length > 0)
        {
            _run.Verdict.Record(Incident.CompleteFailed, errors);
        }
    }

    private async Task<SnapshotError?> CompleteAsync(
        PreparedBackend backend, CompletionContext context, ResiliencePipeline pipeline, CancellationToken cancellationToken)
    {
        var step = _run.Recorder.Begin(StepName.Complete, backend.Backend.Name);
        // A caller that gave up waits one grace period for what can still be finished.
        using var patience = new CancellationTokenSource(Timeout.InfiniteTimeSpan, _run.TimeProvider);
        await using var registration = cancellationToken.Register(() => patience.CancelAfter(_run.Options.GracePeriod)).ConfigureAwait(false);
        var outcome = await _run.Caller.CallAsync(
            token => pipeline.ExecuteAsync(inner => backend.Cut.CompleteAsync(context, inner), token),
            _run.Options.CompleteLimit + _run.Patience, _run.Patience, patience.Token).ConfigureAwait(false);
        step.End(outcome.Status);
        if (outcome.Value is not { } snapshots)
        {
            backend.StillCutting = outcome.StillRunning;
            return Failures.Describe(outcome, backend.Backend.Name, "complete", ErrorCodes.CompleteFailed, ErrorCodes.CompleteFailed);
        }

        if (Failures.DescribeMissing(backend, snapshots, ErrorCodes.CompleteFailed) is { } missing)
        {
            return missing;
        }

        backend.Snapshots = snapshots;
        backend.IsComplete = true;
        _run.Journal.Completed(backend.Backend.Name, [.. snapshots.Select(static snapshot => snapshot.Id)]);
        return null;
    }

    private async Task RollBackAsync(PreparedBackend backend)
    {
        var step = _run.Recorder.Begin(StepName.RollBack, backend.Backend.Name);
        backend.IsComplete = false;
        if (backend.StillCutting is { } call && !await _run.Caller.HasEndedAsync(call, _run.Patience).ConfigureAwait(false))
        {
            // Nobody may remove what is still being made.
            Left(backend, new SnapshotError(
                ErrorCodes.RollBackFailed, $"Backend '{backend.Backend.Name}' is still busy with a call that should have ended, so nothing was removed."));
            step.End(StepStatus.Failed);
            return;
        }

        await _run.Journal.RollingBackAsync(backend.Backend.Name).ConfigureAwait(false);
        var outcome = await _run.Caller.CallAsync(backend.Cut.RollBackAsync, _run.Options.RollBackLimit, _run.Patience, CancellationToken.None).ConfigureAwait(false);
        if (outcome.Value is null)
        {
            Left(backend, Failures.Describe(outcome, backend.Backend.Name, "roll back", ErrorCodes.RollBackFailed, ErrorCodes.RollBackFailed));
        }

        if (outcome.Value is { Count: 0 })
        {
            _run.Journal.RolledBack(backend.Backend.Name);
        }

        foreach (var left in outcome.Value ?? [])
        {
            _run.Recorder.Left(left);
        }

        step.End(outcome is { Value.Count: > 0 } ? StepStatus.Failed : outcome.Status);
    }

    private void Left(PreparedBackend backend, SnapshotError error)
    {
        _run.Recorder.Error(error);
        _run.Recorder.Left(new LeftBehind
        {
            Kind = LeftBehindKind.OrphanSnapshot,
            Id = $"{backend.Backend.Name}:{_run.RunId}",
            Remedy = $"Remove what backend '{backend.Backend.Name}' made in run {_run.RunId}.",
        });
    }
}
