using AppConsistentSnapshot.Backends;
using AppConsistentSnapshot.Reports;

namespace AppConsistentSnapshot.Testing.Crashes;

/// <summary>A backend as one process sees it.</summary>
internal sealed class CrashBackend : ISnapshotBackend
{
    private readonly ISnapshotBackend _inner;
    private readonly CrashScript _script;
    private readonly Action _onCut;

    public CrashBackend(ISnapshotBackend inner, CrashScript script, Action onCut)
    {
        _inner = inner;
        _script = script;
        _onCut = onCut;
    }

    public string Name => _inner.Name;

    public bool SingleDiskFallbackByDefault => _inner.SingleDiskFallbackByDefault;

    public async ValueTask<IPreparedCut> PrepareAsync(CutRequest request, CancellationToken cancellationToken)
    {
        await _script.PassAsync($"before prepare {Name}", CrashModes.All, cancellationToken).ConfigureAwait(false);
        var cut = await _inner.PrepareAsync(request, cancellationToken).ConfigureAwait(false);
        await _script.StopIfKilledAsync().ConfigureAwait(false);
        return new CrashCut(Name, cut, _script, _onCut);
    }

    public ValueTask<IReadOnlyList<BackendSnapshot>> ListAsync(CancellationToken cancellationToken) => _inner.ListAsync(cancellationToken);

    public ValueTask<IExposedSnapshot> ExposeReadOnlyAsync(string id, string mountPoint, CancellationToken cancellationToken) =>
        _inner.ExposeReadOnlyAsync(id, mountPoint, cancellationToken);

    public ValueTask DeleteAsync(string id, CancellationToken cancellationToken) => _inner.DeleteAsync(id, cancellationToken);

    public async ValueTask<IReadOnlyList<LeftBehind>> RecoverAsync(string recoveryState, CancellationToken cancellationToken)
    {
        return await _script.RunAsync($"recover {Name}", CrashModes.Kill, CrashModes.Kill, async () =>
        {
            var left = await _inner.RecoverAsync(recoveryState, cancellationToken).ConfigureAwait(false);
            return left;
        }, cancellationToken).ConfigureAwait(false);
    }
}
