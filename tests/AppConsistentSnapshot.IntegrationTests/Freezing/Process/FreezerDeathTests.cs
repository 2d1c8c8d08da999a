using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Freezing;
using AppConsistentSnapshot.IntegrationTests.Support;

namespace AppConsistentSnapshot.IntegrationTests.Freezing.Process;

/// <summary>What the host does when its freezer is gone, and what neither does to the freezes of others.</summary>
public sealed class FreezerDeathTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan WellBefore = TimeSpan.FromSeconds(10);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(FreezerForms.Managed)]
    [InlineData(FreezerForms.Native)]
    public async Task Host_thaws_when_the_freezer_is_killed(string form)
    {
        using var one = LoopFileSystem.Create("ext4", 64);
        using var two = LoopFileSystem.Create("xfs");
        var (freeze, freezer) = await new FreezerScene(form).ArmAsync(one.MountPoint, two.MountPoint);
        await using (freeze)
        {
            await using var lease = await freeze.FreezeAsync(Long, Token);
            FreezerScene.Signal(freezer.ProcessId, "KILL");
            await Eventually.WritableAsync(one.MountPoint, WellBefore);
            await Eventually.WritableAsync(two.MountPoint, WellBefore);
            Assert.False(await lease.VerifyHeldAsync());
            var result = await lease.ThawAsync();
            Assert.False(result.HeldThroughout);
            Assert.Empty(result.LeftBehind);
            Assert.Equal([ErrorCodes.FreezerDied.Name], result.Errors.Select(static error => error.Code));
        }

        Assert.False(one.IsFrozen);
        Assert.False(two.IsFrozen);
    }

    [Theory]
    [InlineData(FreezerForms.Managed)]
    [InlineData(FreezerForms.Native)]
    public async Task Host_freezes_nothing_when_the_freezer_was_killed_before(string form)
    {
        using var fileSystem = LoopFileSystem.Create("ext4", 64);
        var (freeze, freezer) = await new FreezerScene(form).ArmAsync(fileSystem.MountPoint);
        await using (freeze)
        {
            FreezerScene.Signal(freezer.ProcessId, "KILL");
            await freezer.HungUp.WaitAsync(WellBefore, Token);
            var error = await Assert.ThrowsAsync<FreezeException>(async () => await freeze.FreezeAsync(Long, Token));
            Assert.Equal([ErrorCodes.FreezerDied.Name], error.Errors.Select(static e => e.Code));
            Assert.Empty(error.LeftBehind);
        }

        Assert.False(fileSystem.IsFrozen);
    }

    [Theory]
    [InlineData(FreezerForms.Managed)]
    [InlineData(FreezerForms.Native)]
    public async Task Host_ends_a_freezer_that_somebody_stopped_and_thaws_in_its_place(string form)
    {
        using var fileSystem = LoopFileSystem.Create("ext4", 64);
        var (freeze, freezer) = await new FreezerScene(form).ArmAsync(fileSystem.MountPoint);
        await using (freeze)
        {
            await using var lease = await freeze.FreezeAsync(TimeSpan.FromSeconds(1), Token);
            FreezerScene.Signal(freezer.ProcessId, "STOP");
            var result = await lease.ThawAsync().AsTask().WaitAsync(Long, Token);
            Assert.False(result.HeldThroughout);
            Assert.Empty(result.LeftBehind);
        }

        Assert.False(fileSystem.IsFrozen);
    }

    [Theory]
    [InlineData(FreezerForms.Managed)]
    [InlineData(FreezerForms.Native)]
    public async Task Somebody_elses_freeze_is_left_alone_whoever_dies(string form)
    {
        using var foreign = LoopFileSystem.Create("ext4", 64);
        using var own = LoopFileSystem.Create("ext4", 64);
        Shell.Run("fsfreeze", "-f", foreign.MountPoint);
        using var host = new MortalHost();
        await host.ArmAsync(form, own.MountPoint, foreign.MountPoint);
        Assert.Contains("EBUSY", await host.SayAsync("freeze 30"), StringComparison.Ordinal);
        host.Kill();
        await Eventually.TrueAsync(() => !host.FreezerIsAlive, "the freezer stays");
        Assert.True(foreign.IsFrozen);
        Assert.False(own.IsFrozen);

        var (freeze, freezer) = await new FreezerScene(form).ArmAsync(own.MountPoint, foreign.MountPoint);
        await using (freeze)
        {
            _ = await Assert.ThrowsAsync<FreezeException>(async () => await freeze.FreezeAsync(Long, Token));
            await freezer.DisposeAsync();
        }

        Assert.True(foreign.IsFrozen);
        Shell.Run("fsfreeze", "-u", foreign.MountPoint);
    }

    [Theory]
    [InlineData(FreezerForms.Managed)]
    [InlineData(FreezerForms.Native)]
    public async Task A_freeze_that_hangs_keeps_the_others_no_longer_than_the_limit_and_is_thawed_when_it_returns(string form)
    {
        using var outer = LoopFileSystem.Create("ext4", 400);
        using var inner = LoopFileSystem.Create("ext4", 64, outer.MountPoint);

        // What is not written yet has to go through the frozen file system below: that is where it hangs.
        File.WriteAllBytes(Path.Combine(inner.MountPoint, "dirty"), new byte[1 << 20]);
        var freezer = await new FreezerScene(form).ArmOutOfOrderAsync(outer.MountPoint, inner.MountPoint);
        var session = new FreezeSession(freezer);
        var limit = TimeSpan.FromSeconds(1);
        var first = await session.FreezeAsync(limit).WaitAsync(Long, Token);
        Assert.Equal(FreezeRelease.Limit, first.Release);
        Assert.Equal(FreezePhase.Thawed, first.Targets[0].Phase);
        var settled = await session.Settled.WaitAsync(Long, Token);
        Assert.All(settled.Targets, static status => Assert.True(status is { Phase: FreezePhase.Thawed, ThawErrno: Interop.Errno.None }));
        Assert.True(settled.Targets[1].IsLate);
        await freezer.DisposeAsync();
        Assert.False(outer.IsFrozen);
        Assert.False(inner.IsFrozen);
    }

    [Theory]
    [InlineData(FreezerForms.Managed)]
    [InlineData(FreezerForms.Native)]
    public async Task A_freezer_that_is_killed_while_a_freeze_hangs_leaves_nothing_frozen(string form)
    {
        using var outer = LoopFileSystem.Create("ext4", 400);
        using var inner = LoopFileSystem.Create("ext4", 64, outer.MountPoint);
        File.WriteAllBytes(Path.Combine(inner.MountPoint, "dirty"), new byte[1 << 20]);
        var freezer = await new FreezerScene(form).ArmOutOfOrderAsync(outer.MountPoint, inner.MountPoint);
        var session = new FreezeSession(freezer);
        var freezing = session.FreezeAsync(Long);
        await Eventually.TrueAsync(() => freezer.Phase(1) == FreezePhase.Freezing, "the inner freeze does not begin");
        await Eventually.TrueAsync(() => HasBlockedThread(freezer.ProcessId), "the inner freeze does not hang");
        FreezerScene.Signal(freezer.ProcessId, "KILL");
        Assert.Equal(FreezeRelease.FreezerDied, (await freezing.WaitAsync(WellBefore, Token)).Release);
        var settled = await session.Settled.WaitAsync(WellBefore, Token);
        Assert.All(settled.Targets, static status => Assert.True(status.IsAtRest));
        Assert.False(outer.IsFrozen);
        Assert.False(inner.IsFrozen);
    }

    private static bool HasBlockedThread(int process) =>
        Directory.GetDirectories($"/proc/{process}/task").Any(static task => File.ReadAllText(task + "/stat").Split(") ")[^1][0] == 'D');
}
