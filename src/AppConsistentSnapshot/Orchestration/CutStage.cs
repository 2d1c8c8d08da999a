using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Freezing;
using AppConsistentSnapshot.Reports;

namespace AppConsistentSnapshot.Orchestration;

// The promise of this class
// -------------------------
// - Whatever happens between freeze and thaw, the thaw is called, without a token, before anything else is waited for.
// - A snapshot counts as cut in the freeze only where the kernel, asked after the cut, still held every file system frozen.

/// <summary>freeze ► cut ► confirm ► thaw.</summary>
internal sealed class CutStage
{
    private readonly RunContext _run;
    private readonly Preparation _preparation;
    private readonly ParticipantStage _participants;
    private readonly CutRecord _record;
    private object? _quiet;

    public CutStage(RunContext run, Preparation preparation, ParticipantStage participants, CutRecord record)
    {
        _run = run;
        _preparation = preparation;
        _participants = participants;
        _record = record;
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await FreezeAndCutAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _run.Quiet.End(_quiet);
        }
    }

    private async Task FreezeAndCutAsync(CancellationToken cancellationToken)
    {
        var lease = await FreezeAsync(cancellationToken).ConfigureAwait(false);
        if (lease is null)
        {
            await CutAsync(_run.Options.CutLimit, CancellationToken.None, cancellationToken).ConfigureAwait(false);
            await ConfirmAsync(_run.Options.ParticipantLimit, CancellationToken.None).ConfigureAwait(false);
            return;
        }

        bool? held = null;
        try
        {
            await CutAsync(_run.FreezeLimit, lease.Expired, cancellationToken).ConfigureAwait(false);
            if (_record.IsCut)
            {
                held = await lease.VerifyHeldAsync().ConfigureAwait(false);
                await ConfirmAsync(_run.FreezeLimit, lease.Expired).ConfigureAwait(false);
            }
        }
        finally
        {
            await ThawAsync(lease, held).ConfigureAwait(false);
        }
    }

    private async Task<IFreezeLease?> FreezeAsync(CancellationToken cancellationToken)
    {
        if (_preparation.Freeze is not { } freeze || _run.Verdict.Ceiling < ConsistencyLevel.FileSystem || cancellationToken.IsCancellationRequested)
        {
            _run.Recorder.Skip(StepName.Freeze);
            return null;
        }

        var step = _run.Recorder.Begin(StepName.Freeze);
        if (await _run.Journal.FreezingAsync(freeze.FileSystems).ConfigureAwait(false) is { } error)
        {
            _run.Verdict.Record(Incident.FreezeFailed, error);
            step.End(StepStatus.Failed);
            return null;
        }

        try
        {
            _quiet = await _run.Quiet.BeginAsync().ConfigureAwait(false);
            var lease = await freeze.FreezeAsync(_run.FreezeLimit, cancellationToken).ConfigureAwait(false);
            _record.FrozenAt = lease.FrozenAt;
            _record.Mounts = lease.Mounts;
            _run.Journal.Frozen();
            step.End(StepStatus.Succeeded);
            return lease;
        }
        catch (FreezeException exception)
        {
            Thawed(exception.LeftBehind);
            Note(exception);
            step.End(exception.Errors.Any(static error => error.Is(ErrorCodes.FreezeTimeout)) ? StepStatus.TimedOut : StepStatus.Failed);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Thawed([]);
            step.End(StepStatus.Cancelled);
        }

        return null;
    }

    /// <summary>Nothing is held any more but what is left: whoever was kept quiet may speak again.</summary>
    private void Thawed(IReadOnlyList<LeftBehind> left)
    {
        _run.Journal.ThawedAllBut(left.Where(static item => item.Kind is LeftBehindKind.FrozenMount).Select(static item => item.Id));
        _run.Quiet.End(_quiet);
        _quiet = null;
    }

    private void Note(FreezeException exception)
    {
        _record.FrozenAt = exception.FrozenAt;
        _record.Window = exception.FrozenAt is null ? null : exception.Window;
        _record.Mounts = exception.Mounts;
        foreach (var left in exception.LeftBehind)
        {
            _run.Recorder.Left(left);
        }

        _run.Verdict.Record(Incident.FreezeFailed, exception.Errors);
        if (exception.LeftBehind.Count > 0)
        {
            // Not all could be thawed again: nothing may be cut, and nobody kept waiting.
            _run.Verdict.Record(Incident.ThawFailed);
        }
    }

    private async Task CutAsync(TimeSpan limit, CancellationToken windowIsOver, CancellationToken cancellationToken)
    {
        if (!_run.Verdict.IsAlive || cancellationToken.IsCancellationRequested)
        {
            foreach (var backend in _preparation.Backends)
            {
                _run.Recorder.Skip(StepName.Cut, backend.Backend.Name);
            }

            return;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(windowIsOver, cancellationToken);
        var cuts = await Task.WhenAll(_preparation.Backends.Select(backend => CutAsync(backend, limit, stop, windowIsOver))).ConfigureAwait(false);
        var errors = cuts.OfType<SnapshotError>().ToArray();
        if (errors.Length > 0 && !cancellationToken.IsCancellationRequested)
        {
            _run.Verdict.Record(Incident.CutFailed, errors);
        }

        _record.IsCut = errors.Length == 0;
    }

    /// <summary>Cuts one backend's volumes; the first that fails ends the others, for nothing can be kept any more.</summary>
    private async Task<SnapshotError?> CutAsync(PreparedBackend backend, TimeSpan limit, CancellationTokenSource stop, CancellationToken windowIsOver)
    {
        var step = _run.Recorder.Begin(StepName.Cut, backend.Backend.Name);
        var outcome = await _run.Caller.CallAsync(backend.Cut.CutAsync, limit, TimeSpan.Zero, stop.Token).ConfigureAwait(false);
        backend.Snapshots = outcome.Value ?? [];
        backend.StillCutting = outcome.StillRunning;
        if (outcome.Status is StepStatus.Succeeded)
        {
            var missing = Failures.DescribeMissing(backend, outcome.Value!, ErrorCodes.CutFailed);
            step.End(missing is null ? StepStatus.Succeeded : StepStatus.Failed);
            return missing;
        }

        var status = windowIsOver.IsCancellationRequested ? StepStatus.TimedOut : outcome.Status;
        await stop.CancelAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        step.End(status);
        return status is StepStatus.TimedOut && windowIsOver.CanBeCanceled
            ? new SnapshotError(ErrorCodes.FreezeTimeout, $"Backend '{backend.Backend.Name}' had not cut when its {limit.TotalSeconds:0.#} seconds were over.")
            {
                Subject = backend.Backend.Name,
            }
            : Failures.Describe(outcome, backend.Backend.Name, "cut", ErrorCodes.CutFailed, ErrorCodes.CutFailed);
    }

    private Task ConfirmAsync(TimeSpan limit, CancellationToken windowIsOver) =>
        _record.IsCut ? _participants.ConfirmAsync(limit, windowIsOver) : Task.CompletedTask;

    private async Task ThawAsync(IFreezeLease lease, bool? held)
    {
        var step = _run.Recorder.Begin(StepName.Thaw);
        var thaw = await lease.ThawAsync().ConfigureAwait(false);
        await lease.DisposeAsync().ConfigureAwait(false);
        Thawed(thaw.LeftBehind);
        _record.ThawStartedAt = thaw.ThawStartedAt;
        _record.Window = thaw.Window;
        _record.Mounts = thaw.Mounts;
        _record.HeldThroughout = thaw.HeldThroughout;
        foreach (var left in thaw.LeftBehind)
        {
            _run.Recorder.Left(left);
        }

        if (_record.IsCut && (held is false || thaw.HeldThroughout is false))
        {
            _record.HeldThroughout = false;
            _run.Verdict.Record(Incident.FreezeLost, WhyLost(thaw));
        }
        else
        {
            foreach (var error in thaw.Errors)
            {
                _run.Recorder.Error(error);
            }
        }

        if (thaw.LeftBehind.Count > 0)
        {
            _run.Verdict.Record(Incident.ThawFailed);
        }

        step.End(thaw.LeftBehind.Count > 0 ? StepStatus.Failed : StepStatus.Succeeded);
    }

    private IReadOnlyList<SnapshotError> WhyLost(ThawResult thaw) => thaw switch
    {
        { Errors.Count: > 0 } => thaw.Errors,
        { EndedByLimit: true } => [new SnapshotError(
            ErrorCodes.FreezeTimeout, $"The freeze ended at its limit of {_run.FreezeLimit.TotalSeconds:0.#} seconds, before the cut was known to be done.")],
        _ => [new SnapshotError(ErrorCodes.FreezeLost, "After the cut a file system was found not to be frozen any more.")],
    };
}
