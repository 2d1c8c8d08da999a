using System.Security.Cryptography;
using AppConsistentSnapshot.Diagnostics;
using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Freezing;
using AppConsistentSnapshot.Interop;
using AppConsistentSnapshot.Journals;
using AppConsistentSnapshot.Orchestration;
using AppConsistentSnapshot.Reports;

namespace AppConsistentSnapshot.Recovery;

// The promise of this class
// -------------------------
// - Everything that it does is written to the same journal, so that a recovery that dies is recovered by the next one.
// - Where that cannot be written, it is done all the same: to do it twice is harmless, not to do it is not.

/// <summary>Cleans up after one run: thaw, resume in reverse, roll back.</summary>
internal sealed class RunRecovery
{
    private static readonly TimeSpan ThawLimit = TimeSpan.FromSeconds(5);

    private readonly RecoveryParts _parts;
    private readonly RecoveryRequest _request;
    private readonly JournalStore _store;
    private readonly bool _isDamaged;
    private readonly RecoveryJournal _journal;
    private RunState _state;
    private bool _isOver;

    public RunRecovery(RecoveryParts parts, RecoveryRequest request, JournalStore store, string runId, RunState state, bool isDamaged)
    {
        _parts = parts;
        _request = request;
        _store = store;
        _state = state;
        _isDamaged = isDamaged;
        RunId = runId;
#pragma warning disable CA2000 // Without a consumer it pumps nothing.
        Recorder = new RunRecorder(runId, parts.TimeProvider, new ProgressPump(consumer: null, parts.Quiet, parts.TimeProvider, parts.Patience));
#pragma warning restore CA2000
        _journal = new RecoveryJournal(store.Open(runId), parts, Recorder.Warning);
    }

    public string RunId { get; }

    public RunRecorder Recorder { get; }

    private bool HostWasRestarted => _state.Header!.BootId != _parts.BootId;

    /// <summary>Thaws what the run may have left frozen. After a restart of the host nothing can be.</summary>
    public async Task ThawAsync()
    {
        await _journal.WriteAsync(new JournalRecord
        {
            Event = JournalEvent.RecoveryStarted,
            At = _parts.TimeProvider.GetUtcNow(),
            FencingId = RandomNumberGenerator.GetHexString(32, lowercase: true),
            BootId = _parts.BootId,
            Owner = _parts.Home.Processes.Self,
        }).ConfigureAwait(false);
        if (HostWasRestarted)
        {
            return;
        }

        await WaitForFreezerAsync().ConfigureAwait(false);
        foreach (var mount in _state.MaybeFrozen.Reverse())
        {
            await ThawAsync(mount).ConfigureAwait(false);
        }
    }

    /// <summary>Resumes in reverse, and removes unfinished snapshots.</summary>
    public async Task CleanUpAsync(CancellationToken cancellationToken)
    {
        var resumes = new ResumeRecovery(_parts, _request, RunId, Recorder);
        foreach (var participant in _state.OwedResumes)
        {
            if (!cancellationToken.IsCancellationRequested)
            {
                var status = await resumes.ResumeAsync(participant, HostWasRestarted).ConfigureAwait(false);
                await _journal.WriteAsync(Record(JournalEvent.Resumed) with { Index = participant.Index, Participant = participant.Participant, Status = status })
                    .ConfigureAwait(false);
            }
        }

        foreach (var backend in _state.OwedRollBacks)
        {
            if (!cancellationToken.IsCancellationRequested
                && await RollBackRecovery.RollBackAsync(_parts, _request, backend, Recorder).ConfigureAwait(false))
            {
                await _journal.WriteAsync(Record(JournalEvent.RolledBack) with { Backend = backend.Backend }).ConfigureAwait(false);
            }
        }

        await FinishAsync(cancellationToken).ConfigureAwait(false);
    }

    public RecoveredRun ToRun() => new()
    {
        RunId = RunId,
        StartedAt = _state.Header!.At,
        ProcessId = _state.Header.Owner!.Pid,
        HostWasRestarted = HostWasRestarted,
        IsRecovered = _isOver,
        KeptSnapshots = _state.Kept,
        Steps = Recorder.Steps,
    };

    private async Task FinishAsync(CancellationToken cancellationToken)
    {
        _isOver = Recorder.LeftBehind.Count == 0 && Recorder.Errors.Count == 0 && !_isDamaged && !cancellationToken.IsCancellationRequested;
        if (_isOver)
        {
            await _journal.WriteAsync(Record(JournalEvent.Finished)).ConfigureAwait(false);
        }

        _journal.Close();
        if (_isOver && _store.Remove(RunId) is var errno and not Errno.None)
        {
            Recorder.Warning(JournalErrors.FileUnusable(_store.PathOf(RunId), errno));
        }
    }

    /// <summary>The process that stood ready to thaw thaws, ends scripts and runs post-scripts; only what it leaves is for us.</summary>
    private async Task WaitForFreezerAsync()
    {
        if (_state.Freezer?.Owner is not { } freezer)
        {
            return;
        }

        var limit = _parts.Options.FreezeLimit + _parts.LongestScript;
        var isGone = await Poll.UntilAsync(() => !_parts.Home.Processes.IsAlive(freezer), limit, _parts.TimeProvider).ConfigureAwait(false);
        if (!isGone)
        {
            Recorder.Warning(new SnapshotError(
                ErrorCodes.RunInProgress, $"Process {freezer.Pid}, which was to thaw for run '{RunId}', is still there; it is not waited for any longer.")
            {
                Subject = RunId,
            });
        }

        var ignored = new List<SnapshotError>();
        _state = _store.Read(RunId, ignored, out _) is { Header: not null } now ? now : _state;
    }

    private async Task ThawAsync(JournalMount mount)
    {
        var step = Recorder.Begin(StepName.Thaw, mount.Path);
        var result = await _parts.Thaw.ThawAsync(mount, ThawLimit, _parts.TimeProvider).ConfigureAwait(false);
        _parts.Logger.RecoveryStep(RunId, nameof(StepName.Thaw), mount.Path, result.Status.ToString());
        if (result.Status is MountThawStatus.Thawed or MountThawStatus.WasNotFrozen or MountThawStatus.NotThere)
        {
            step.End(result.Status is MountThawStatus.Thawed ? StepStatus.Succeeded : StepStatus.Skipped);
            await _journal.WriteFreezeAsync(Record(JournalEvent.Thawed) with { Mounts = [mount] }).ConfigureAwait(false);
            if (result.Status is MountThawStatus.NotThere)
            {
                Recorder.Warning(new SnapshotError(
                    ErrorCodes.MountChanged, $"'{mount.Path}' may have been left frozen by run '{RunId}', but {result.Reason}; nothing was thawed.")
                {
                    Subject = mount.Path,
                });
            }

            return;
        }

        step.End(result.Status is MountThawStatus.Blocked ? StepStatus.TimedOut : StepStatus.Failed);
        Recorder.Error(new SnapshotError(ErrorCodes.ThawFailed, $"'{mount.Path}' may still be frozen by run '{RunId}': {result.Reason}.") { Subject = mount.Path });
        Recorder.Left(new LeftBehind
        {
            Kind = LeftBehindKind.FrozenMount,
            Id = mount.Path,
            Remedy = result.Status is MountThawStatus.Suspended
                ? "Do not thaw it by hand while its device is suspended ('dmsetup info' says so). When LVM is done, run 'acsnap recover' again."
                : $"Run 'acsnap recover' again; if that does not help: {FreezeErrors.ThawCommand(mount.Path)}",
        });
    }

    private JournalRecord Record(JournalEvent @event) => new() { Event = @event, At = _parts.TimeProvider.GetUtcNow() };
}
