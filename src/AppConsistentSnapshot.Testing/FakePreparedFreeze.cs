using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Freezing;

namespace AppConsistentSnapshot.Testing;

/// <summary>A prepared freeze of a <see cref="FakeFreezeController"/>.</summary>
internal sealed class FakePreparedFreeze : IPreparedFreeze
{
    private readonly FakeFreezeController _controller;

    public FakePreparedFreeze(FakeFreezeController controller, IReadOnlyList<MountedFileSystem> fileSystems)
    {
        _controller = controller;
        FileSystems = fileSystems;
    }

    public IReadOnlyList<MountedFileSystem> FileSystems { get; }

    public async ValueTask<IReadOnlyList<SnapshotError>> FlushAsync(CancellationToken cancellationToken)
    {
        await _controller.Faults.PlayAsync(FakeFreezePhase.Flush, cancellationToken).ConfigureAwait(false);
        return _controller.WriteBackErrors(FileSystems);
    }

    public async ValueTask<IFreezeLease> FreezeAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        var lease = new FakeFreezeLease(_controller, FileSystems);
        try
        {
            await _controller.Faults.PlayAsync(FakeFreezePhase.Freeze, cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var fileSystem in FileSystems)
            {
                lease.Freeze(fileSystem);
            }
        }
        catch
        {
            await lease.ThawAsync().ConfigureAwait(false);
            throw;
        }

        lease.StartTimer(limit);
        return lease;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
