using System.Runtime.Versioning;
using AppConsistentSnapshot.Freezing;
using AppConsistentSnapshot.IntegrationTests.Support;
using AppConsistentSnapshot.Reports;
using static AppConsistentSnapshot.IntegrationTests.Freezing.RealFreeze;

namespace AppConsistentSnapshot.IntegrationTests.Freezing;

[SupportedOSPlatform("linux")]
public sealed class FreezeControllerTests
{
    [Theory]
    [InlineData("ext4")]
    [InlineData("xfs")]
    [InlineData("btrfs")]
    public async Task Freezes_verifies_and_thaws(string type)
    {
        using var fileSystem = LoopFileSystem.Create(type);
        await using var prepared = await PrepareAsync(fileSystem.MountPoint);
        await File.WriteAllTextAsync(Path.Combine(fileSystem.MountPoint, "a"), "a", Token);
        Assert.Empty(await prepared.FlushAsync(Token));

        await using var lease = await prepared.FreezeAsync(Limit, Token);
        Assert.True(fileSystem.IsFrozen);
        Assert.True(await lease.VerifyHeldAsync());
        var result = await Bounded(lease.ThawAsync().AsTask());

        Assert.False(fileSystem.IsFrozen);
        Assert.True(result.HeldThroughout);
        Assert.Empty(result.Errors);
        Assert.True(result.Window > TimeSpan.Zero);
        Assert.Equal((fileSystem.MountPoint, type, MountStatus.Frozen), (result.Mounts[0].Path, result.Mounts[0].FileSystem, result.Mounts[0].Status));
    }

    [Fact]
    public async Task A_file_system_that_is_mounted_twice_freezes_once()
    {
        using var fileSystem = LoopFileSystem.Create("ext4", 32);
        var bind = Directory.CreateDirectory(Path.Combine(fileSystem.Folder, "bind")).FullName;
        var folder = Directory.CreateDirectory(Path.Combine(fileSystem.MountPoint, "sub")).FullName;
        Shell.Run("mount", "--bind", folder, bind);
        try
        {
            await using var lease = await FreezeAsync(bind, fileSystem.MountPoint);
            Assert.Single(lease.Mounts);
            Assert.True(await lease.VerifyHeldAsync());
            Assert.Empty((await lease.ThawAsync()).Errors);
        }
        finally
        {
            Unmount(bind);
        }
    }

    [Fact]
    public async Task Subvolumes_of_one_Btrfs_freeze_once()
    {
        using var fileSystem = LoopFileSystem.Create("btrfs");
        Shell.Run("btrfs", "subvolume", "create", Path.Combine(fileSystem.MountPoint, "v"));
        var second = Directory.CreateDirectory(Path.Combine(fileSystem.Folder, "v")).FullName;
        Shell.Run("mount", "-o", "subvol=v", fileSystem.Device, second);
        try
        {
            await using var lease = await FreezeAsync(fileSystem.MountPoint, second);
            Assert.Single(lease.Mounts);
            Assert.True((await lease.ThawAsync()).Errors.Count == 0);
        }
        finally
        {
            Unmount(second);
        }
    }

    [Fact]
    public async Task A_read_only_mount_freezes()
    {
        using var fileSystem = LoopFileSystem.Create("ext4", 32, mountOptions: ["-o", "ro"]);

        await using var lease = await FreezeAsync(fileSystem.MountPoint);

        Assert.True(await lease.VerifyHeldAsync());
        Assert.True((await lease.ThawAsync()).HeldThroughout);
    }

    [Theory]
    [InlineData("a blank and\ttab")]
    [InlineData("new\nline")]
    [InlineData("back\\slash\\040")]
    [InlineData("it's \"$(id)\" #1 =x,y")]
    [InlineData("ümläut 雪 😀")]
    public async Task A_mount_point_may_have_any_name(string name)
    {
        using var fileSystem = LoopFileSystem.Create("ext4", 32);
        var odd = Directory.CreateDirectory(Path.Combine(fileSystem.Folder, name)).FullName;
        Shell.Run("mount", "--bind", fileSystem.MountPoint, odd);
        try
        {
            await using var lease = await FreezeAsync(odd);
            Assert.True(fileSystem.IsFrozen);
            Assert.Equal(odd, lease.Mounts[0].Path);
        }
        finally
        {
            Unmount(odd);
        }
    }

    [Fact]
    public async Task A_tmpfs_is_refused_with_a_reason_and_nothing_is_frozen()
    {
        using var fileSystem = LoopFileSystem.Create("ext4", 32);
        var ram = Directory.CreateDirectory(Path.Combine(fileSystem.Folder, "ram")).FullName;
        Shell.Run("mount", "-t", "tmpfs", "none", ram);
        try
        {
            var failure = await Assert.ThrowsAsync<FreezeException>(() => FreezeAsync(fileSystem.MountPoint, ram));
            Assert.Equal((902, ram), (failure.Errors.Single().Number, failure.Errors[0].Subject));
            Assert.False(fileSystem.IsFrozen);
        }
        finally
        {
            Unmount(ram);
        }
    }

    [Fact]
    public async Task A_folder_and_a_missing_path_are_no_mount_points()
    {
        using var fileSystem = LoopFileSystem.Create("ext4", 32);
        var folder = Path.Combine(fileSystem.MountPoint, "folder");

        var failure = await Assert.ThrowsAsync<FreezeException>(() => PrepareAsync(folder, "/no/such/path"));

        Assert.Equal([901, 901], failure.Errors.Select(error => error.Number));
    }

    [Fact]
    public async Task A_mount_that_is_covered_between_prepare_and_freeze_is_refused()
    {
        using var fileSystem = LoopFileSystem.Create("ext4", 32);
        await using var prepared = await PrepareAsync(fileSystem.MountPoint);
        Shell.Run("mount", "-t", "tmpfs", "none", fileSystem.MountPoint);
        try
        {
            var failure = await Assert.ThrowsAsync<FreezeException>(() => prepared.FreezeAsync(Limit, Token).AsTask());
            Assert.Equal(905, failure.Errors.Single().Number);
        }
        finally
        {
            Unmount(fileSystem.MountPoint);
        }

        Assert.False(fileSystem.IsFrozen);
    }

    [Fact]
    public async Task A_mount_that_is_unmounted_between_prepare_and_freeze_is_refused()
    {
        using var fileSystem = LoopFileSystem.Create("ext4", 32);
        await using var prepared = await PrepareAsync(fileSystem.MountPoint);
        Shell.Run("umount", "--lazy", fileSystem.MountPoint);

        var failure = await Assert.ThrowsAsync<FreezeException>(() => prepared.FreezeAsync(Limit, Token).AsTask());

        Assert.Equal(905, failure.Errors.Single().Number);
    }

    [Fact]
    public void Inspects_this_machine_without_opening_anything()
    {
        Requires.Root();

        var inspections = Controller.Inspect(["/", "/proc/self", "/proc"]);

        Assert.Equal([true, false, true], inspections.Select(inspection => inspection.IsMountPoint));
        Assert.Equal("proc", inspections[1].FileSystem?.FileSystemType);
        Assert.Equal(Freezability.Unsupported, inspections[2].Freezability);
    }
}
