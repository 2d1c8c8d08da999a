using System.Runtime.Versioning;
using AppConsistentSnapshot.Freezing;
using AppConsistentSnapshot.IntegrationTests.Support;
using AppConsistentSnapshot.Interop.Linux;
using Microsoft.Extensions.Logging.Abstractions;
using static AppConsistentSnapshot.IntegrationTests.Freezing.RealFreeze;

namespace AppConsistentSnapshot.IntegrationTests.Freezing;

/// <summary>File systems in a file of another one, and the limit that ends a freeze.</summary>
[SupportedOSPlatform("linux")]
public sealed class StackedFreezeTests
{
    [Theory]
    [InlineData("ext4", "ext4")]
    [InlineData("xfs", "ext4")]
    [InlineData("ext4", "btrfs")]
    public async Task The_inner_one_freezes_first_in_whatever_order_they_are_named(string outerType, string innerType)
    {
        using var outer = LoopFileSystem.Create(outerType, 600);
        using var inner = LoopFileSystem.Create(innerType, 320, outer.MountPoint);
        await File.WriteAllBytesAsync(Path.Combine(inner.MountPoint, "dirty"), new byte[8 << 20], Token);
        await using var prepared = await PrepareAsync(outer.MountPoint, inner.MountPoint);

        await using var lease = await Bounded(prepared.FreezeAsync(Limit, Token).AsTask());

        Assert.Equal([inner.MountPoint, outer.MountPoint], prepared.FileSystems.Select(fileSystem => fileSystem.MountPoint));
        Assert.True(await lease.VerifyHeldAsync());
        Assert.True((await lease.ThawAsync()).HeldThroughout);
    }

    [Fact]
    public async Task A_link_of_the_stack_that_is_not_named_still_counts()
    {
        using var outer = LoopFileSystem.Create("ext4", 400);
        using var middle = LoopFileSystem.Create("ext4", 200, outer.MountPoint);
        using var inner = LoopFileSystem.Create("ext4", 64, middle.MountPoint);

        await using var prepared = await PrepareAsync(outer.MountPoint, inner.MountPoint);

        Assert.Equal([inner.MountPoint, outer.MountPoint], prepared.FileSystems.Select(fileSystem => fileSystem.MountPoint));
    }

    [Fact]
    public async Task Around_the_order_the_freeze_hangs_and_the_limit_frees_everything()
    {
        // F14: both on one level, and the inner one is frozen when the outer one already is.
        using var outer = LoopFileSystem.Create("ext4", 400);
        using var inner = LoopFileSystem.Create("ext4", 200, outer.MountPoint);
        await File.WriteAllBytesAsync(Path.Combine(inner.MountPoint, "dirty"), new byte[32 << 20], Token);
        using var outerHandle = new LinuxMountSystem().OpenFolder(outer.MountPoint, out _)!;
        using var innerHandle = new LinuxMountSystem().OpenFolder(inner.MountPoint, out _)!;
        var ended = new TaskCompletionSource<FreezeNotice>();
        var freezer = new InProcessFreezer(
            new LinuxFreezeSystemCalls(),
            TimeProvider.System,
            [new FreezeTarget(new SharedDescriptor(outerHandle), 0), new FreezeTarget(new SharedDescriptor(innerHandle), 1)]);

        var engine = freezer.Start(notice => _ = notice.Kind == FreezeNoticeKind.Ended && ended.TrySetResult(notice));
        engine.Freeze(TimeSpan.FromSeconds(2));
        var notice = await Bounded(ended.Task);

        Assert.Equal(FreezeRelease.Limit, notice.Release);
        Assert.All(notice.Targets, status => Assert.True(status.IsAtRest));
        Assert.False(outer.IsFrozen);
        Assert.False(inner.IsFrozen);
    }

    [Fact]
    public async Task The_limit_ends_a_freeze_and_a_writer_that_was_blocked_goes_on()
    {
        using var fileSystem = LoopFileSystem.Create("ext4", 32);
        await using var prepared = await PrepareAsync(fileSystem.MountPoint);
        await using var lease = await prepared.FreezeAsync(TimeSpan.FromSeconds(1), Token);
        var written = Task.Factory.StartNew(
            () => File.WriteAllText(Path.Combine(fileSystem.MountPoint, "blocked"), "x"),
            Token, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        await Bounded(written);

        Assert.False(fileSystem.IsFrozen);
        Assert.False(await lease.VerifyHeldAsync());
        var result = await lease.ThawAsync();
        Assert.True(result.EndedByLimit);
        Assert.True(result.Window >= TimeSpan.FromSeconds(1));
        Assert.True(lease.Expired.IsCancellationRequested);
    }

    [Fact]
    public async Task Two_controllers_on_one_file_system_do_not_undo_each_other()
    {
        using var fileSystem = LoopFileSystem.Create("ext4", 32);
        var other = FreezeController.OfThisMachine(new SnapshotOptions(), TimeProvider.System, NullLoggerFactory.Instance);
        await using var prepared = await other.PrepareAsync([fileSystem.MountPoint], Token);
        await using var lease = await FreezeAsync(fileSystem.MountPoint);

        await Assert.ThrowsAsync<FreezeException>(() => prepared.FreezeAsync(Limit, Token).AsTask());

        Assert.True(await lease.VerifyHeldAsync());
        Assert.True((await lease.ThawAsync()).HeldThroughout);
    }
}
