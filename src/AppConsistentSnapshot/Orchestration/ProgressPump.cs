using System.Threading.Channels;
using AppConsistentSnapshot.Diagnostics;

namespace AppConsistentSnapshot.Orchestration;

/// <summary>Hands progress to its consumer in order, on a task of its own, so that a slow or failing consumer never delays a run.</summary>
internal sealed class ProgressPump : IAsyncDisposable
{
    private readonly Channel<SnapshotProgress> _queue = Channel.CreateUnbounded<SnapshotProgress>(new() { SingleReader = true });
    private readonly Task _pump;
    private readonly TimeProvider _timeProvider;
    private readonly TimeSpan _patience;
    private readonly QuietPeriod _quiet;

    public ProgressPump(IProgress<SnapshotProgress>? consumer, QuietPeriod quiet, TimeProvider timeProvider, TimeSpan patience)
    {
        _quiet = quiet;
        _timeProvider = timeProvider;
        _patience = patience;
        if (consumer is null)
        {
            _queue.Writer.Complete();
        }

        _pump = consumer is null ? Task.CompletedTask : Task.Run(() => PumpAsync(consumer));
    }

    public void Report(SnapshotProgress progress) => _queue.Writer.TryWrite(progress);

    /// <summary>Waits until the consumer has seen everything, but not for ever.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await Task.WhenAny(_pump, Task.Delay(_patience, _timeProvider, CancellationToken.None)).ConfigureAwait(false);
    }

    private async Task PumpAsync(IProgress<SnapshotProgress> consumer)
    {
        await foreach (var progress in _queue.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            await EnterAsync().ConfigureAwait(false);
            try
            {
                consumer.Report(progress);
            }
#pragma warning disable CA1031 // Whatever a consumer throws is its own affair: the run and its report must not suffer.
            catch (Exception)
#pragma warning restore CA1031
            {
                // The rest would most likely fail the same way; the report holds everything all the same.
                _queue.Writer.TryComplete();
                return;
            }
            finally
            {
                _quiet.Leave();
            }
        }
    }

    // A consumer may write to a file system that is frozen: what comes meanwhile waits here, with its own time in it.
    private async Task EnterAsync()
    {
        do
        {
            await _quiet.Ended.ConfigureAwait(false);
        }
        while (!_quiet.TryEnter());
    }
}
