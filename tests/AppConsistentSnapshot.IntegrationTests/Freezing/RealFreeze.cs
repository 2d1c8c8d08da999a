using System.Runtime.Versioning;
using AppConsistentSnapshot.Freezing;
using AppConsistentSnapshot.IntegrationTests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace AppConsistentSnapshot.IntegrationTests.Freezing;

/// <summary>The controller of this machine, for file systems that a test made.</summary>
[SupportedOSPlatform("linux")]
internal static class RealFreeze
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static FreezeController Controller => FreezeController.OfThisMachine(new SnapshotOptions(), TimeProvider.System, NullLoggerFactory.Instance);

    public static async Task<IPreparedFreeze> PrepareAsync(params string[] mountPoints) => await Bounded(Controller.PrepareAsync(mountPoints, Token).AsTask());

    public static async Task<IFreezeLease> FreezeAsync(params string[] mountPoints)
    {
        await using var prepared = await PrepareAsync(mountPoints);
        return await Bounded(prepared.FreezeAsync(Limit, Token).AsTask());
    }

    public static Task<T> Bounded<T>(Task<T> task) => task.WaitAsync(Patience, Token);

    public static Task Bounded(Task task) => task.WaitAsync(Patience, Token);

    public static void Freeze(LoopFileSystem fileSystem) => Shell.Run("fsfreeze", "-f", fileSystem.MountPoint);

    public static void Thaw(LoopFileSystem fileSystem) => Shell.Run("fsfreeze", "-u", fileSystem.MountPoint);

    // Lazily: a program that another test is just starting holds a copy of every descriptor until it executes.
    public static void Unmount(string mountPoint) => Shell.Run("umount", "--lazy", mountPoint);
}
