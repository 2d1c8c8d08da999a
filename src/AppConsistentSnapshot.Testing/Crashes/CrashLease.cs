using AppConsistentSnapshot.Freezing;
using AppConsistentSnapshot.Reports;

namespace AppConsistentSnapshot.Testing.Crashes;

/// <summary>A lease of a <see cref="CrashFreezeController"/>.</summary>
internal sealed class CrashLease : IFreezeLease
{
    private readonly IFreezeLease _inner;
    private readonly CrashScript _script;

    public CrashLease(IFreezeLease inner, CrashScript script)
    {
        _inner = inner;
        _script = script;
    }

    public DateTimeOffset FrozenAt => _inner.FrozenAt;

    public CancellationToken Expired => _inner.Expired;

    public IReadOnlyList<MountReport> Mounts => _inner.Mounts;

    public async ValueTask<bool> VerifyHeldAsync()
    {
        await _script.PassAsync("before verify", CrashModes.Throw | CrashModes.Kill, CancellationToken.None).ConfigureAwait(false);
        return await _inner.VerifyHeldAsync().ConfigureAwait(false);
    }

    public async ValueTask<ThawResult> ThawAsync()
    {
        return await _script.RunAsync("thaw", CrashModes.Kill, CrashModes.Kill, async () =>
        {
            var result = await _inner.ThawAsync().ConfigureAwait(false);
            return result;
        }, CancellationToken.None).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await _script.StopIfKilledAsync().ConfigureAwait(false);
        await _inner.DisposeAsync().ConfigureAwait(false);
    }
}
