using AppConsistentSnapshot.Diagnostics;
using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Interop;
using AppConsistentSnapshot.Journals;

namespace AppConsistentSnapshot.Recovery;

// The promise of this class
// -------------------------
// - It holds the lock of the host, so no run and no other recovery is under way, and it leaves alone what belongs to a process that lives.
// - What is frozen comes first, of all runs. Then each run, the oldest first.

/// <summary>Finds the runs that died and has each of them cleaned up.</summary>
internal sealed class SnapshotRecovery : ISnapshotRecovery
{
    private readonly RecoveryParts _parts;

    public SnapshotRecovery(RecoveryParts parts) => _parts = parts;

    public async Task<RecoveryReport> RecoverAsync(RecoveryRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        var found = new RecoveryFindings(_parts.TimeProvider);
        var durable = Open(_parts.Options.JournalFolder, create: false, found);
        var runtime = Open(_parts.Options.RuntimeFolder, create: durable is not null, found);
        using var store = new JournalStore(durable, runtime);
        if (runtime is not null)
        {
            var (held, refusal) = await TakeLockAsync(runtime, cancellationToken).ConfigureAwait(false);
            if (refusal is not null)
            {
                found.Errors.Add(refusal);
                return found.ToReport();
            }

            using (held)
            {
                await RecoverAsync(request, store, found, cancellationToken).ConfigureAwait(false);
            }
        }

        var report = found.ToReport();
        _parts.Logger.RecoveryEnded(report.Runs.Count, report.Errors.Count, report.LeftBehind.Count);
        return report;
    }

    private async Task RecoverAsync(RecoveryRequest request, JournalStore store, RecoveryFindings found, CancellationToken cancellationToken)
    {
        var runs = store.ListRuns(found.Errors).Select(runId => Take(request, store, runId, found)).OfType<RunRecovery>().ToList();
        foreach (var run in runs)
        {
            await run.ThawAsync().ConfigureAwait(false);
        }

        foreach (var run in runs)
        {
            await run.CleanUpAsync(cancellationToken).ConfigureAwait(false);
            found.Add(run);
        }
    }

    /// <summary>Takes a run over, or says why not.</summary>
    private RunRecovery? Take(RecoveryRequest request, JournalStore store, string runId, RecoveryFindings found)
    {
        var errors = found.Errors.Count;
        var state = store.Read(runId, found.Errors, out var unreadable);
        if (found.Errors.Count > errors)
        {
            return null;
        }

        if (state.Header is { Format: not JournalRecord.CurrentFormat } || (state.Header is null && unreadable > 0))
        {
            found.Errors.Add(Unreadable(store, runId, "it was written by another version, or is damaged, and is left alone"));
            return null;
        }

        if (state.Header is null || state.IsFinished)
        {
            // Its writer died before anything was touched, or after everything was done.
            _ = store.Remove(runId);
            return null;
        }

        if (IsAlive(state.Header))
        {
            found.Warnings.Add(new SnapshotError(
                ErrorCodes.RunInProgress, $"Run '{runId}' belongs to process {state.Header.Owner!.Pid}, which is alive; it is left alone.")
            {
                Subject = runId,
            });
            return null;
        }

        if (unreadable > 0)
        {
            found.Errors.Add(Unreadable(store, runId, $"{unreadable} of its lines cannot be read; what the others say is cleaned up, and the file is kept"));
        }

        _parts.Logger.RecoveryBegins(runId, state.Header.Owner!.Pid);
        return new RunRecovery(_parts, request, store, runId, state, isDamaged: unreadable > 0);
    }

    private bool IsAlive(JournalRecord header) => header.BootId == _parts.BootId && _parts.Home.Processes.IsAlive(header.Owner!);

    private static SnapshotError Unreadable(JournalStore store, string runId, string what) =>
        new(ErrorCodes.JournalUnreadable, $"The journal of run '{runId}': {what}.") { Subject = runId, Path = store.PathOf(runId) };

    private Task<(RunLock? Held, SnapshotError? Error)> TakeLockAsync(IJournalFolder runtime, CancellationToken cancellationToken)
    {
        var self = new LockOwner { RunId = "recovery", Process = _parts.Home.Processes.Self, Since = _parts.TimeProvider.GetUtcNow() };
        return RunLock.TakeAsync(runtime, self, _parts.Options.WaitForOtherRun, _parts.TimeProvider, cancellationToken);
    }

    private IJournalFolder? Open(string path, bool create, RecoveryFindings found)
    {
        var folder = _parts.Home.Folders.Open(path, create, out var problem);
        if (folder is null && problem is not null)
        {
            found.Errors.Add(JournalErrors.FolderUnusable(path, problem));
        }

        return folder;
    }
}
