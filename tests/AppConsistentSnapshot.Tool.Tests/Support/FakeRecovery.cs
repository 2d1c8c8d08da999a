using AppConsistentSnapshot.Recovery;

namespace AppConsistentSnapshot.Tool.Tests.Support;

/// <summary>A recovery that reports what the test says.</summary>
internal sealed class FakeRecovery : ISnapshotRecovery
{
    public List<RecoveryRequest> Requests { get; } = [];

    public RecoveryReport Report { get; set; } = new() { StartedAt = DateTimeOffset.UnixEpoch, DurationMilliseconds = 1 };

    public Task<RecoveryReport> RecoverAsync(RecoveryRequest request, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Requests.Add(request);
        return Task.FromResult(Report);
    }
}
