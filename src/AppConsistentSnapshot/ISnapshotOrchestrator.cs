using AppConsistentSnapshot.Reports;

namespace AppConsistentSnapshot;

/// <summary>Takes application-consistent snapshots: plan, guard, quiesce, freeze, cut, confirm, thaw, resume, report.</summary>
public interface ISnapshotOrchestrator
{
    /// <summary>Runs the whole workflow once (or, where the options say so, again after a failure) and reports truthfully what was reached.</summary>
    /// <param name="request">What to snapshot, and how consistent it has to be.</param>
    /// <param name="progress">Told about every step. A slow consumer never delays the run.</param>
    /// <param name="cancellationToken">Ends the run early. Whatever was frozen is thawed, whatever was quiesced is resumed first.</param>
    /// <returns>The report. Failures that can be expected are in it and are not thrown.</returns>
    /// <exception cref="ArgumentException">The request contradicts itself. Nothing was touched.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled before anything was touched.</exception>
    Task<SnapshotReport> RunAsync(
        SnapshotRequest request, IProgress<SnapshotProgress>? progress = null, CancellationToken cancellationToken = default);

    /// <summary>Says what a run would do and the best that it could reach, and touches nothing.</summary>
    /// <param name="request">The request; without volumes only its plans are checked.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ArgumentException">The request contradicts itself.</exception>
    Task<SnapshotExplanation> ExplainAsync(SnapshotRequest request, CancellationToken cancellationToken = default);
}
