using System.Globalization;
using System.Runtime.Versioning;
using AppConsistentSnapshot.Backends;
using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Freezing;
using AppConsistentSnapshot.IntegrationTests.Support;

namespace AppConsistentSnapshot.IntegrationTests.Backends;

[SupportedOSPlatform("linux")]
public sealed class DiskImageSourceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData("btrfs")]
    public async Task A_partition_of_a_loop_device_is_found_in_its_file_and_mounted_from_its_image(string? outer)
    {
        Requires.FileSystem("ext4");
        Requires.Tool("addpart");
        using var holder = outer is null ? null : LoopFileSystem.Create(outer, megabytes: 1000);
        using var bed = new ImageBed(holder is null ? null : Path.Combine(holder.MountPoint, "out"));
        var disk = Path.Combine(holder?.MountPoint ?? Path.GetDirectoryName(bed.MountPoint)!, "disk");
        Shell.Run("truncate", "--size", "40M", disk);
        var device = Shell.Run("losetup", "--find", "--show", "--partscan", disk).Trim();
        try
        {
            // Not by a partition table: not every kernel reads those.
            Shell.Run("addpart", device, "1", "2048", "65536");

            // Where nothing manages /dev, nobody makes the node of a partition.
            var node = Path.Combine(Path.GetDirectoryName(bed.MountPoint)!, "p1");
            var name = Path.GetFileName(device);
            var number = (await File.ReadAllTextAsync($"/sys/block/{name}/{name}p1/dev", Token)).Trim().Split(':');
            Shell.Run("mknod", node, "b", number[0], number[1]);
            Shell.Run("mkfs.ext4", "-q", node);
            await ProveAsync(bed, node, expectedOffset: 2048 * 512);
        }
        finally
        {
            Shell.Try("delpart", device, "1");
            Shell.Run("losetup", "--detach", device);
        }
    }

    [Theory]
    [InlineData(4096)]
    [InlineData(512)]
    public async Task A_file_system_that_begins_somewhere_in_the_file_is_mounted_from_there(int offset)
    {
        Requires.FileSystem("ext4");
        using var bed = new ImageBed();
        var disk = Path.Combine(Path.GetDirectoryName(bed.MountPoint)!, "disk");
        Shell.Run("truncate", "--size", "40M", disk);
        var device = Shell.Run(
            "losetup", "--find", "--show", "--offset", offset.ToString(CultureInfo.InvariantCulture), "--sizelimit", "32M", disk).Trim();
        try
        {
            Shell.Run("mkfs.ext4", "-q", device);
            await ProveAsync(bed, device, offset);
        }
        finally
        {
            Shell.Run("losetup", "--detach", device);
        }
    }

    [Fact]
    public async Task A_deleted_backing_file_is_refused()
    {
        using var fileSystem = LoopFileSystem.Create("ext4", megabytes: 64);
        using var bed = new ImageBed();
        File.Delete(fileSystem.Image);

        var error = await RefusedAsync(bed, ImageBed.Describe(fileSystem.MountPoint));

        Assert.Contains("cannot be reached", error.Message, StringComparison.Ordinal);
        Assert.Equal(fileSystem.MountPoint, error.Volume);
    }

    [Fact]
    public async Task A_backing_file_that_was_replaced_by_another_is_refused()
    {
        using var fileSystem = LoopFileSystem.Create("ext4", megabytes: 64);
        using var bed = new ImageBed();
        var volume = ImageBed.Describe(fileSystem.MountPoint);
        var moved = fileSystem.Image + ".moved";
        Shell.Run("cp", fileSystem.Image, moved);
        Shell.Run("mount", "--bind", moved, fileSystem.Image);
        try
        {
            var error = await RefusedAsync(bed, volume);

            Assert.Contains("another file", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            Shell.Run("umount", fileSystem.Image);
        }
    }

    [Fact]
    public async Task What_lies_on_no_loop_device_is_refused_with_another_backend()
    {
        Requires.Root();
        using var bed = new ImageBed();
        var root = ImageBed.Describe("/");
        Assert.SkipUnless(root.Source.StartsWith("/dev/", StringComparison.Ordinal) && !root.Source.Contains("loop", StringComparison.Ordinal), "needs / on a disk");

        var error = await RefusedAsync(bed, root);

        Assert.Contains("no loop device", error.Message, StringComparison.Ordinal);
        Assert.Contains("backend", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Btrfs_of_two_devices_is_refused()
    {
        Requires.FileSystem("btrfs");
        using var bed = new ImageBed();
        var folder = Path.GetDirectoryName(bed.MountPoint)!;
        var devices = new[] { "one", "two" }.Select(name =>
        {
            Shell.Run("truncate", "--size", "200M", Path.Combine(folder, name));
            return Shell.Run("losetup", "--find", "--show", Path.Combine(folder, name)).Trim();
        }).ToArray();
        try
        {
            Shell.Run("mkfs.btrfs", ["-q", "-f", .. devices]);
            Shell.Run("btrfs", ["device", "scan", .. devices]);
            Shell.Run("mount", devices[0], bed.MountPoint);
            var error = await RefusedAsync(bed, ImageBed.Describe(bed.MountPoint));

            Assert.Contains("2 devices", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            Shell.Try("umount", bed.MountPoint);
            Array.ForEach(devices, device => Shell.Run("losetup", "--detach", device));
        }
    }

    [Theory]
    [InlineData("ext4")]
    [InlineData("btrfs")]
    public async Task An_image_folder_on_the_volume_itself_is_refused(string type)
    {
        using var fileSystem = LoopFileSystem.Create(type);
        using var bed = new ImageBed(Path.Combine(fileSystem.MountPoint, "out"));

        var error = await RefusedAsync(bed, ImageBed.Describe(fileSystem.MountPoint));

        Assert.Same(ErrorCodes.CutWritesToFrozenFileSystem, error.Code);
    }

    [Fact]
    public async Task A_folder_without_room_fails_before_anything_stands_still_and_keeps_nothing()
    {
        using var fileSystem = LoopFileSystem.Create("ext4", megabytes: 128);
        using var small = LoopFileSystem.Create("ext4", megabytes: 16);
        using var bed = new ImageBed(Path.Combine(small.MountPoint, "out"));
        await File.WriteAllBytesAsync(Path.Combine(fileSystem.MountPoint, "big"), new byte[60_000_000], Token);
        Shell.Run("sync", "-f", fileSystem.MountPoint);

        var error = await RefusedAsync(bed, ImageBed.Describe(fileSystem.MountPoint));

        Assert.Contains("ENOSPC", error.Message, StringComparison.Ordinal);
        Assert.Contains("Make room", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_read_only_folder_is_named()
    {
        using var fileSystem = LoopFileSystem.Create("ext4", megabytes: 64);
        using var holder = LoopFileSystem.Create("ext4", megabytes: 64);
        using var bed = new ImageBed(Path.Combine(holder.MountPoint, "out"));
        Shell.Run("mount", "-o", "remount,ro", holder.MountPoint);

        var error = await RefusedAsync(bed, ImageBed.Describe(fileSystem.MountPoint));

        Assert.Contains("EROFS", error.Message, StringComparison.Ordinal);
    }

    private static async Task ProveAsync(ImageBed bed, string device, long expectedOffset)
    {
        var mounted = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(bed.MountPoint)!, "part")).FullName;
        Shell.Run("mount", device, mounted);
        try
        {
            await File.WriteAllTextAsync(Path.Combine(mounted, "file"), "content", Token);

            var snapshot = await bed.TakeFrozenAsync(mounted, Token);

            Assert.Equal(expectedOffset.ToString(CultureInfo.InvariantCulture), snapshot.Properties["offset"]);
            await using var exposed = await bed.NewBackend().ExposeReadOnlyAsync(snapshot.Id, bed.MountPoint, Token);
            Assert.Equal("content", await File.ReadAllTextAsync(Path.Combine(bed.MountPoint, "file"), Token));
            Assert.Equal(exposed.Device, ImageBed.Describe(bed.MountPoint).Source);
        }
        finally
        {
            Shell.Run("umount", mounted);
        }
    }

    private static async Task<SnapshotBackendException> RefusedAsync(ImageBed bed, MountedFileSystem volume)
    {
        var request = new CutRequest { RunId = "run-refused", Consistency = ConsistencyLevel.FileSystem, Volumes = [volume] };
        var error = await Assert.ThrowsAsync<SnapshotBackendException>(async () => await bed.NewBackend().PrepareAsync(request, Token));
        Assert.Empty(bed.Files);
        Assert.False(error.IsTransient);
        Assert.NotNull(error.RecommendedAction);
        return error;
    }
}
