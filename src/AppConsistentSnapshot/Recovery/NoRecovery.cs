namespace AppConsistentSnapshot.Recovery;

/// <summary>The recovery where everything is a fake: no journal is kept, so there is nothing to do.</summary>
internal sealed class NoRecovery : ISnapshotRecovery
{
    private readonly TimeProvider _timeProvider;

    public NoRecovery(TimeProvider timeProvider) => _timeProvider = timeProvider;

    public Task<RecoveryReport> RecoverAsync(RecoveryRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(new RecoveryReport { StartedAt = _timeProvider.GetUtcNow(), DurationMilliseconds = 0 });
    }
}
