using AppConsistentSnapshot.Reports;

namespace AppConsistentSnapshot.Orchestration;

/// <summary>One try of a whole run.</summary>
/// <param name="Report">Its report.</param>
/// <param name="ContinueOnFailure">Whether it was allowed to go on at a lower level; only one that was not is tried again.</param>
internal sealed record AttemptResult(SnapshotReport Report, bool ContinueOnFailure);
