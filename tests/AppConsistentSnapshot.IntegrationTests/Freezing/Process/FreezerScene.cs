using AppConsistentSnapshot.Freezing;
using AppConsistentSnapshot.Freezing.Process;
using AppConsistentSnapshot.IntegrationTests.Support;
using AppConsistentSnapshot.Interop.Linux;
using Microsoft.Extensions.Logging.Abstractions;

namespace AppConsistentSnapshot.IntegrationTests.Freezing.Process;

/// <summary>This process as the host of a real freezer.</summary>
internal sealed class FreezerScene
{
    private readonly SnapshotOptions _options;

    public FreezerScene(string form) => _options = new SnapshotOptions { FreezerPath = FreezerForms.Path(form) };

    public FreezeController Controller => FreezeController.OfThisMachine(_options, TimeProvider.System, NullLoggerFactory.Instance);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async Task<(IPreparedFreeze Freeze, FreezerProcess Freezer)> ArmAsync(params string[] mounts)
    {
        var freeze = await Controller.PrepareAsync(mounts, Token);
        await ((IArmedFreeze)freeze).ArmAsync(Token);
        return (freeze, (FreezerProcess)((IArmedFreeze)freeze).Freezer!);
    }

    /// <summary>Arms a freezer whose file systems all freeze at once, whatever lies on what.</summary>
    public async Task<FreezerProcess> ArmOutOfOrderAsync(params string[] mounts)
    {
        var system = new LinuxMountSystem();
        var targets = new List<FreezeTarget>();
        for (var level = 0; level < mounts.Length; level++)
        {
            targets.Add(new FreezeTarget(new SharedDescriptor(system.OpenFolder(mounts[level], out _)!), level));
        }

        var engines = (FreezerProcessFactory)FreezeController.Engines(_options, new LinuxFreezeSystemCalls(), TimeProvider.System, NullLoggerFactory.Instance);
        var freezer = await engines.ArmAsync(targets, Token);
        targets.ForEach(static target => target.Descriptor.Release());
        return freezer;
    }

    public static void Signal(int process, string signal) =>
        Shell.Run("kill", $"-{signal}", process.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
