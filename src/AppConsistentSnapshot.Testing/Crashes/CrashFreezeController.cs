using AppConsistentSnapshot.Freezing;

namespace AppConsistentSnapshot.Testing.Crashes;

/// <summary>A freeze controller as one process sees it.</summary>
internal sealed class CrashFreezeController : IFreezeController
{
    private readonly FakeFreezeController _inner;
    private readonly CrashScript _script;

    public CrashFreezeController(FakeFreezeController inner, CrashScript script)
    {
        _inner = inner;
        _script = script;
    }

    public IReadOnlyList<MountInspection> Inspect(IReadOnlyList<string> paths) => _inner.Inspect(paths);

    public async ValueTask<IPreparedFreeze> PrepareAsync(IReadOnlyList<string> mountPoints, CancellationToken cancellationToken)
    {
        await _script.PassAsync("before prepare freeze", CrashModes.All, cancellationToken).ConfigureAwait(false);
        return new CrashPreparedFreeze(_inner, await _inner.PrepareAsync(mountPoints, cancellationToken).ConfigureAwait(false), _script);
    }
}
