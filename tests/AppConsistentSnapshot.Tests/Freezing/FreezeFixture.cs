using AppConsistentSnapshot.Freezing;
using AppConsistentSnapshot.Interop;
using AppConsistentSnapshot.Testing.Kernel;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace AppConsistentSnapshot.Tests.Freezing;

/// <summary>A controller on a fake kernel and a clock that the test moves.</summary>
internal sealed class FreezeFixture
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public FreezeFixture() => Controller = new FreezeController(
        Kernel, Kernel, Kernel, new FreezeEngineFactory(Kernel, Time), Logs);

    public FakeKernel Kernel { get; } = new();

    public FakeTimeProvider Time { get; } = new();

    public FakeLogger<FreezeController> Logs { get; } = new();

    public FreezeController Controller { get; }

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public async Task<IPreparedFreeze> PrepareAsync(params string[] mountPoints) => await Bounded(Controller.PrepareAsync(mountPoints, Token).AsTask());

    public async Task<IFreezeLease> FreezeAsync(params string[] mountPoints)
    {
        await using var prepared = await PrepareAsync(mountPoints);
        return await Bounded(prepared.FreezeAsync(Limit, Token).AsTask());
    }

    public static Task<T> Bounded<T>(Task<T> task) => task.WaitAsync(Patience, Token);

    public static Task Bounded(Task task) => task.WaitAsync(Patience, Token);

    /// <summary>Nothing is frozen by us, nothing of others was touched, and every descriptor gets closed.</summary>
    public void AssertNothingIsLeft()
    {
        Kernel.WaitUntil(kernel => kernel.FrozenByUs.Count == 0);
        Assert.All(Kernel.FileSystems, fileSystem => Assert.False(fileSystem.ForeignFreezeDestroyed, fileSystem.Name));
        Assert.True(SpinWait.SpinUntil(() => Kernel.OpenDescriptors == 0, Patience), $"{Kernel.OpenDescriptors} descriptors are open");
    }

    public IReadOnlyList<string> Successful(string operation) =>
        [.. Kernel.Calls.Where(call => call.Operation == operation && call.Errno == Errno.None).Select(call => call.MountPoint)];
}
