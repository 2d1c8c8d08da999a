using AppConsistentSnapshot.Reports;

namespace AppConsistentSnapshot.Tool.Tests.Support;

/// <summary>Answers as it is told, and remembers what it was asked.</summary>
internal sealed class FakeOrchestrator : ISnapshotOrchestrator
{
    public List<SnapshotRequest> Requests { get; } = [];

    public Func<SnapshotRequest, IProgress<SnapshotProgress>?, CancellationToken, Task<SnapshotReport>> OnRun { get; set; } =
        (_, _, _) => Task.FromResult(Make.Report());

    public Func<SnapshotRequest, CancellationToken, Task<SnapshotExplanation>> OnExplain { get; set; } =
        (_, _) => Task.FromResult(Make.Explanation());

    public Task<SnapshotReport> RunAsync(
        SnapshotRequest request, IProgress<SnapshotProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        Requests.Add(request);
        return OnRun(request, progress, cancellationToken);
    }

    public Task<SnapshotExplanation> ExplainAsync(SnapshotRequest request, CancellationToken cancellationToken = default)
    {
        Requests.Add(request);
        return OnExplain(request, cancellationToken);
    }
}
