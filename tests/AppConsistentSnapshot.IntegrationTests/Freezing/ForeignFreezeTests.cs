using System.Runtime.Versioning;
using AppConsistentSnapshot.Freezing;
using AppConsistentSnapshot.IntegrationTests.Support;
using static AppConsistentSnapshot.IntegrationTests.Freezing.RealFreeze;

namespace AppConsistentSnapshot.IntegrationTests.Freezing;

/// <summary>Somebody else freezes and thaws the same file systems.</summary>
[SupportedOSPlatform("linux")]
public sealed class ForeignFreezeTests
{
    [Theory]
    [InlineData("ext4")]
    [InlineData("xfs")]
    [InlineData("btrfs")]
    public async Task A_foreign_freeze_is_left_alone_and_ours_are_undone(string type)
    {
        using var foreign = LoopFileSystem.Create(type);
        using var own = LoopFileSystem.Create("ext4", 32);
        await using var prepared = await PrepareAsync(own.MountPoint, foreign.MountPoint);
        Freeze(foreign);

        var failure = await Assert.ThrowsAsync<FreezeException>(() => prepared.FreezeAsync(Limit, Token).AsTask());

        Assert.Equal((121, 16, foreign.MountPoint), (failure.Errors.Single().Number, failure.Errors[0].Errno, failure.Errors[0].Subject));
        Assert.True(foreign.IsFrozen);
        Assert.False(own.IsFrozen);
        Thaw(foreign);
    }

    [Theory]
    [InlineData("ext4")]
    [InlineData("xfs")]
    [InlineData("btrfs")]
    public async Task Somebody_who_thaws_meanwhile_is_noticed_by_the_probe(string type)
    {
        using var fileSystem = LoopFileSystem.Create(type);
        await using var lease = await FreezeAsync(fileSystem.MountPoint);
        Thaw(fileSystem);

        Assert.False(await lease.VerifyHeldAsync());
        Assert.False(fileSystem.IsFrozen);
        var result = await lease.ThawAsync();

        Assert.False(result.HeldThroughout);
        Assert.Equal(907, result.Errors.Single().Number);
        Assert.Empty(result.LeftBehind);
    }

    [Fact]
    public async Task Somebody_who_thaws_after_the_probe_is_noticed_by_the_thaw()
    {
        using var fileSystem = LoopFileSystem.Create("ext4", 32);
        await using var lease = await FreezeAsync(fileSystem.MountPoint);
        Assert.True(await lease.VerifyHeldAsync());
        Thaw(fileSystem);

        var result = await lease.ThawAsync();

        Assert.False(result.HeldThroughout);
        Assert.Equal(907, result.Errors.Single().Number);
    }
}
