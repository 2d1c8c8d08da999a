using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Freezing;

namespace AppConsistentSnapshot.Testing.Crashes;

/// <summary>A prepared freeze of a <see cref="CrashFreezeController"/>.</summary>
internal sealed class CrashPreparedFreeze : IPreparedFreeze
{
    private readonly FakeFreezeController _controller;
    private readonly IPreparedFreeze _inner;
    private readonly CrashScript _script;

    public CrashPreparedFreeze(FakeFreezeController controller, IPreparedFreeze inner, CrashScript script)
    {
        _controller = controller;
        _inner = inner;
        _script = script;
    }

    public IReadOnlyList<MountedFileSystem> FileSystems => _inner.FileSystems;

    public async ValueTask<IReadOnlyList<SnapshotError>> FlushAsync(CancellationToken cancellationToken)
    {
        return await _script.RunAsync("flush", CrashModes.All, CrashModes.All, async () =>
        {
            var errors = await _inner.FlushAsync(cancellationToken).ConfigureAwait(false);
            return errors;
        }, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<IFreezeLease> FreezeAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        await PassAsync("before freeze").ConfigureAwait(false);
        _ = _controller.TryFreeze(FileSystems[0].MountPoint);
        await _script.PassAsync("in freeze", CrashModes.Kill, CancellationToken.None).ConfigureAwait(false);
        _ = _controller.TryThaw(FileSystems[0].MountPoint);
        var lease = await _inner.FreezeAsync(limit, cancellationToken).ConfigureAwait(false);
        try
        {
            await PassAsync("after freeze").ConfigureAwait(false);
        }
        catch
        {
            await lease.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        return new CrashLease(lease, _script);
    }

    public async ValueTask DisposeAsync()
    {
        await _script.StopIfKilledAsync().ConfigureAwait(false);
        await _inner.DisposeAsync().ConfigureAwait(false);
    }

    private async Task PassAsync(string name)
    {
        try
        {
            await _script.PassAsync(name, CrashModes.Throw | CrashModes.Kill, CancellationToken.None).ConfigureAwait(false);
        }
        catch (InvalidOperationException exception)
        {
            throw new FreezeException([new SnapshotError(ErrorCodes.FreezeFailed, exception.Message)]);
        }
    }
}
