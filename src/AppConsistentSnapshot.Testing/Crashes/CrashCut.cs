using AppConsistentSnapshot.Backends;
using AppConsistentSnapshot.Reports;

namespace AppConsistentSnapshot.Testing.Crashes;

/// <summary>A prepared cut of a <see cref="CrashBackend"/>.</summary>
internal sealed class CrashCut : IPreparedCut
{
    private readonly string _backend;
    private readonly IPreparedCut _inner;
    private readonly CrashScript _script;
    private readonly Action _onCut;

    public CrashCut(string backend, IPreparedCut inner, CrashScript script, Action onCut)
    {
        _backend = backend;
        _inner = inner;
        _script = script;
        _onCut = onCut;
    }

    public string RecoveryState => _inner.RecoveryState;

    public IReadOnlyList<PreparedVolume> Volumes => _inner.Volumes;

    public TimeSpan EstimatedCutTime => _inner.EstimatedCutTime;

    public async ValueTask<IReadOnlyList<BackendSnapshot>> CutAsync(CancellationToken cancellationToken)
    {
        return await _script.RunAsync($"cut {_backend}", CrashModes.All, CrashModes.All, async () =>
        {
            _onCut();
            var snapshots = await _inner.CutAsync(cancellationToken).ConfigureAwait(false);
            return snapshots;
        }, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<BackendSnapshot>> CompleteAsync(CompletionContext context, CancellationToken cancellationToken)
    {
        return await _script.RunAsync($"complete {_backend}", CrashModes.All, CrashModes.All, async () =>
        {
            var snapshots = await _inner.CompleteAsync(context, cancellationToken).ConfigureAwait(false);
            return snapshots;
        }, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<LeftBehind>> RollBackAsync(CancellationToken cancellationToken)
    {
        return await _script.RunAsync($"roll back {_backend}", CrashModes.All, CrashModes.All, async () =>
        {
            var left = await _inner.RollBackAsync(cancellationToken).ConfigureAwait(false);
            return left;
        }, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await _script.StopIfKilledAsync().ConfigureAwait(false);
        await _inner.DisposeAsync().ConfigureAwait(false);
    }
}
