using AppConsistentSnapshot.Backends;
using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Freezing;
using AppConsistentSnapshot.Reports;

namespace AppConsistentSnapshot.Orchestration;

/// <summary>Finds out, before anything is touched, everything that can be known to fail: mounts, backends, coverage of data, and whether the cuts fit the freeze.</summary>
internal sealed class PreparationStage
{
    private readonly RunContext _run;
    private readonly Preparation _preparation;

    public PreparationStage(RunContext run, Preparation preparation)
    {
        _run = run;
        _preparation = preparation;
    }

    private bool FreezeIsWanted => _run.Verdict.Ceiling >= ConsistencyLevel.FileSystem && _run.Verdict.Policy.Freeze;

    public async Task PrepareAsync(PlanSet plans, CancellationToken cancellationToken)
    {
        var step = _run.Recorder.Begin(StepName.Prepare);
        var inspections = VolumeRules.Inspect(_run, out var errors);
        if (errors.Count == 0)
        {
            foreach (var volume in _run.Request.Volumes)
            {
                _preparation.DeviceNumbers[volume.Path] = inspections[volume.Path].FileSystem!.DeviceNumber;
            }

            DataCoverage.Check(_run, plans.Participants, inspections.Values);
            errors = await PrepareBackendsAsync(inspections, cancellationToken).ConfigureAwait(false);
        }

        if (errors.Count == 0 && _run.Verdict.IsAlive && !cancellationToken.IsCancellationRequested)
        {
            errors = await PrepareFreezeAsync(inspections, plans, cancellationToken).ConfigureAwait(false);
        }

        if (errors.Count > 0)
        {
            _run.Verdict.Record(Incident.PrepareFailed, errors);
        }

        step.End(cancellationToken.IsCancellationRequested ? StepStatus.Cancelled : errors.Count == 0 ? StepStatus.Succeeded : StepStatus.Failed);
    }

    private async Task<List<SnapshotError>> PrepareBackendsAsync(
        IReadOnlyDictionary<string, MountInspection> inspections, CancellationToken cancellationToken)
    {
        var errors = new List<SnapshotError>();
        var pipeline = BackendPipeline.Create(_run.Options, _run.Options.PrepareLimit, _run.TimeProvider);
        foreach (var group in _run.Request.Volumes.GroupBy(static volume => volume.Backend))
        {
            if (errors.Count > 0 || !_run.Verdict.IsAlive || cancellationToken.IsCancellationRequested)
            {
                break;
            }

            var request = new CutRequest
            {
                RunId = _run.RunId,
                Consistency = _run.Request.Consistency,
                Volumes = [.. group.Select(volume => inspections[volume.Path].FileSystem!)],
            };
            var outcome = await _run.Caller.CallAsync(
                token => pipeline.ExecuteAsync(inner => group.Key.PrepareAsync(request, inner), token),
                _run.Options.PrepareLimit + _run.Patience, _run.Patience, cancellationToken).ConfigureAwait(false);
            if (outcome.Value is { } cut)
            {
                _preparation.Backends.Add(new PreparedBackend(group.Key, cut, [.. group.Select(static volume => volume.Path)]));
                errors.AddRange(new[] { await _run.Journal.PreparedAsync(group.Key.Name, cut.RecoveryState).ConfigureAwait(false) }.OfType<SnapshotError>());
            }
            else if (outcome.Status is not StepStatus.Cancelled)
            {
                errors.Add(Failures.Describe(outcome, group.Key.Name, "prepare", ErrorCodes.PrepareFailed, ErrorCodes.PrepareFailed));
            }

            if (outcome.StillRunning is Task<IPreparedCut> late)
            {
                _ = UndoLateAsync(late, group.Key.Name);
            }
        }

        return errors;
    }

    /// <summary>A preparation that comes back after nobody waits for it any more is undone.</summary>
    private async Task UndoLateAsync(Task<IPreparedCut> late, string backend)
    {
        await ((Task)late).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (late.IsCompletedSuccessfully)
        {
            await _run.Caller.CallAsync(late.Result.RollBackAsync, _run.Options.RollBackLimit, _run.Patience, CancellationToken.None).ConfigureAwait(false);
            await Release.QuietlyAsync(_run, late.Result, backend).ConfigureAwait(false);
        }
    }

    private async Task<List<SnapshotError>> PrepareFreezeAsync(
        IReadOnlyDictionary<string, MountInspection> inspections, PlanSet plans, CancellationToken cancellationToken)
    {
        var toFreeze = new List<MountInspection>();
        var toFlush = new List<MountInspection>();
        var errors = Sort(inspections, toFreeze, toFlush);
        errors.AddRange(CutRules.Check(_run, _preparation.Backends, toFreeze));
        OwnWrites.Check(_run, toFreeze);
        if (errors.Count > 0)
        {
            return errors;
        }

        try
        {
            _preparation.Freeze = await OpenAsync(toFreeze, cancellationToken).ConfigureAwait(false);
            _preparation.Guard = await ResumeGuard.ArmAsync(_run, _preparation.Freeze, plans, cancellationToken).ConfigureAwait(false);

            // A crash-consistent snapshot is what the disk holds: nothing is flushed for it.
            _preparation.FlushOnly = _run.Verdict.Ceiling > ConsistencyLevel.Crash ? await OpenAsync(toFlush, cancellationToken).ConfigureAwait(false) : null;
        }
        catch (FreezeException exception)
        {
            errors.AddRange(exception.Errors);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The run notices by itself that the caller gave up.
        }
        catch (OperationCanceledException)
        {
            errors.Add(new SnapshotError(
                ErrorCodes.MountOpenFailed, $"The mount points could not be opened within {_run.Options.PrepareLimit.TotalSeconds:0.#} seconds."));
        }

        return errors;
    }

    /// <summary>Sorts the volumes into those that the host freezes and those that it only flushes; the errors are those that it can do neither with.</summary>
    private List<SnapshotError> Sort(
        IReadOnlyDictionary<string, MountInspection> inspections, List<MountInspection> toFreeze, List<MountInspection> toFlush)
    {
        var errors = new List<SnapshotError>();
        foreach (var volume in _preparation.Backends.SelectMany(static backend => backend.Cut.Volumes))
        {
            var inspection = inspections[volume.Path];
            var report = MountRules.Decide(volume, inspection, FreezeIsWanted, _run.Verdict);
            _preparation.Mounts.Add(report);
            if (report.Status is MountStatus.Failed)
            {
                errors.Add(MountRules.NotFreezable(inspection));
            }
            else if (inspection.Freezability is Freezability.CanFreeze)
            {
                (report.Status is MountStatus.Frozen ? toFreeze : toFlush).Add(inspection);
            }
        }

        return errors;
    }

    private async ValueTask<IPreparedFreeze?> OpenAsync(List<MountInspection> mounts, CancellationToken cancellationToken)
    {
        if (mounts.Count == 0)
        {
            return null;
        }

        // A path may lead through a network mount that is dead.
        using var limit = new CancellationTokenSource(_run.Options.PrepareLimit, _run.TimeProvider);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        return await _run.FreezeController.PrepareAsync([.. mounts.Select(static mount => mount.FileSystem!.MountPoint)], stop.Token).ConfigureAwait(false);
    }
}
