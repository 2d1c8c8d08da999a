using AppConsistentSnapshot.Backends;
using AppConsistentSnapshot.Diagnostics;
using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Journals;
using AppConsistentSnapshot.Orchestration;
using AppConsistentSnapshot.Reports;

namespace AppConsistentSnapshot.Recovery;

/// <summary>Removes the unfinished snapshots of a run that died, through their backend.</summary>
internal static class RollBackRecovery
{
    /// <returns>Whether nothing of it is left.</returns>
    public static async Task<bool> RollBackAsync(RecoveryParts parts, RecoveryRequest request, JournalRecord owed, RunRecorder recorder)
    {
        var name = owed.Backend!;
        var step = recorder.Begin(StepName.RollBack, name);
        var outcome = await parts.Caller.CallAsync(
            token => Find(request, name) is { } backend
                ? backend.RecoverAsync(owed.State!, token)
                : throw new SnapshotBackendException($"Nobody here knows a backend '{name}', so what it made was not removed."),
            parts.Options.RollBackLimit, parts.Patience, CancellationToken.None).ConfigureAwait(false);
        if (outcome.Value is null)
        {
            recorder.Error(Failures.Describe(outcome, name, "roll back", ErrorCodes.RollBackFailed, ErrorCodes.RollBackFailed));
            recorder.Left(new LeftBehind
            {
                Kind = LeftBehindKind.OrphanSnapshot,
                Id = $"{name}:{recorder.RunId}",
                Remedy = $"Run 'acsnap recover' again with the backend '{name}', or remove by hand what it made in run {recorder.RunId}.",
            });
        }

        foreach (var left in outcome.Value ?? [])
        {
            recorder.Left(left);
        }

        var status = outcome is { Value.Count: > 0 } ? StepStatus.Failed : outcome.Status;
        parts.Logger.RecoveryStep(recorder.RunId, nameof(StepName.RollBack), name, status.ToString());
        step.End(status);
        return status is StepStatus.Succeeded;
    }

    private static ISnapshotBackend? Find(RecoveryRequest request, string name) =>
        request.Backends.FirstOrDefault(backend => backend.Name == name) ?? request.MakeBackend?.Invoke(name);
}
