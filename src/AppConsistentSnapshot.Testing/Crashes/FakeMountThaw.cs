using AppConsistentSnapshot.Journals;
using AppConsistentSnapshot.Recovery;

namespace AppConsistentSnapshot.Testing.Crashes;

/// <summary>Thaws what a <see cref="FakeFreezeController"/> holds frozen.</summary>
internal sealed class FakeMountThaw : IMountThaw
{
    private readonly FakeFreezeController _controller;
    private readonly CrashScript _script;

    public FakeMountThaw(FakeFreezeController controller, CrashScript script)
    {
        _controller = controller;
        _script = script;
    }

    public async Task<MountThawResult> ThawAsync(JournalMount mount, TimeSpan limit, TimeProvider timeProvider)
    {
        return await _script.RunAsync($"thaw {mount.Path}", CrashModes.Kill, CrashModes.Kill, async () =>
        {
            var wasFrozen = _controller.TryThaw(mount.Path);
            return new MountThawResult(wasFrozen ? MountThawStatus.Thawed : MountThawStatus.WasNotFrozen);
        }, CancellationToken.None).ConfigureAwait(false);
    }
}
