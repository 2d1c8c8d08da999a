using System.Runtime.Versioning;
using AppConsistentSnapshot.Backends;
using AppConsistentSnapshot.Backends.Images;
using AppConsistentSnapshot.IntegrationTests.Support;

namespace AppConsistentSnapshot.IntegrationTests.Backends;

[SupportedOSPlatform("linux")]
public sealed class DiskImageCutTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ext4", null)]
    [InlineData("xfs", null)]
    [InlineData("btrfs", null)]
    [InlineData("ext4", "xfs")]
    [InlineData("ext4", "btrfs")]
    [InlineData("xfs", "btrfs")]
    [InlineData("btrfs", "xfs")]
    [InlineData("xfs", "xfs")]
    [InlineData("btrfs", "btrfs")]
    public async Task A_frozen_cut_holds_every_line_written_before_it_and_its_image_never_changes(string type, string? outer)
    {
        using var holder = outer is null ? null : LoopFileSystem.Create(outer, megabytes: 1500);
        using var fileSystem = LoopFileSystem.Create(type, folder: holder?.MountPoint);
        using var bed = new ImageBed(holder is null ? null : Path.Combine(holder.MountPoint, "out"));
        var known = Path.Combine(fileSystem.MountPoint, "known");
        await File.WriteAllBytesAsync(known, new byte[3_000_000].Select((_, index) => (byte)(index * 31)).ToArray(), Token);
        var knownHash = ImageBed.Hash(known);
        var backend = bed.NewBackend();

        BackendSnapshot snapshot;
        long before;
        await using (var writer = new SteadyWriter(Path.Combine(fileSystem.MountPoint, "lines")))
        {
            await writer.Began;
            await using var cut = await backend.PrepareAsync(bed.Request(fileSystem.MountPoint), Token);
            Assert.Equal(FreezeNeed.HostMustFreeze, Assert.Single(cut.Volumes).FreezeNeed);
            Assert.True(cut.EstimatedCutTime > TimeSpan.Zero);
            before = writer.Written;
            Shell.Run("fsfreeze", "-f", fileSystem.MountPoint);
            await cut.CutAsync(Token);
            Shell.Run("fsfreeze", "-u", fileSystem.MountPoint);
            snapshot = Assert.Single(await cut.CompleteAsync(ImageBed.Reached(ConsistencyLevel.FileSystem, fileSystem.MountPoint), Token));
        }

        File.Delete(known);
        Assert.Equal(outer is null ? "copy" : "reflink", snapshot.Properties["method"]);
        Assert.Equal(ConsistencyLevel.FileSystem, snapshot.Consistency);
        Assert.Equal(UnixFileMode.UserRead, File.GetUnixFileMode(snapshot.Id));
        var imageHash = ImageBed.Hash(snapshot.Id);
        await using (var exposed = await bed.NewBackend().ExposeReadOnlyAsync(snapshot.Id, bed.MountPoint, Token))
        {
            Assert.Equal(knownHash, ImageBed.Hash(Path.Combine(bed.MountPoint, "known")));
            var lines = await File.ReadAllLinesAsync(Path.Combine(bed.MountPoint, "lines"), Token);
            Assert.True(lines.Length >= before, $"{lines.Length} lines, and {before} were written before the cut");
            Assert.All(lines.Index().Take((int)before), line => Assert.Equal(SteadyWriter.Line(line.Index), line.Item));
            Assert.Throws<IOException>(() => File.WriteAllText(Path.Combine(bed.MountPoint, "new"), ""));
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(bed.MountPoint));
        Assert.Equal(imageHash, ImageBed.Hash(snapshot.Id));
        Assert.Empty(ImageBed.AttachedTo(snapshot.Id));
        CheckWithItsOwnTools(type, snapshot.Id);
    }

    [Theory]
    [InlineData(DiskImageCopyMode.Auto)]
    [InlineData(DiskImageCopyMode.Copy)]
    public async Task A_copy_leaves_out_the_holes(DiskImageCopyMode mode)
    {
        using var fileSystem = LoopFileSystem.Create("ext4", megabytes: 2000);
        using var bed = new ImageBed();

        var snapshot = await bed.TakeFrozenAsync(fileSystem.MountPoint, Token, mode);

        Assert.Equal(new FileInfo(fileSystem.Image).Length, new FileInfo(snapshot.Id).Length);
        Assert.InRange(Allocated(snapshot.Id), 1, Allocated(fileSystem.Image) + (4 * 1024 * 1024));
        Assert.Equal(ImageBed.Hash(fileSystem.Image).Length, ImageBed.Hash(snapshot.Id).Length);
    }

    [Fact]
    public async Task A_forced_copy_shares_no_block_even_where_it_could()
    {
        using var holder = LoopFileSystem.Create("btrfs", megabytes: 1000);
        using var fileSystem = LoopFileSystem.Create("ext4", megabytes: 64, folder: holder.MountPoint);
        using var bed = new ImageBed(Path.Combine(holder.MountPoint, "out"));

        var snapshot = await bed.TakeFrozenAsync(fileSystem.MountPoint, Token, DiskImageCopyMode.Copy);

        Assert.Equal("copy", snapshot.Properties["method"]);
        Shell.Run("e2fsck", "-fn", snapshot.Id);
    }

    [Fact]
    public async Task A_file_without_copy_on_write_is_cloned_too()
    {
        using var holder = LoopFileSystem.Create("btrfs", megabytes: 1000);
        Shell.Run("chattr", "+C", holder.MountPoint);
        using var fileSystem = LoopFileSystem.Create("ext4", megabytes: 64, folder: holder.MountPoint);
        Shell.Run("chattr", "-C", holder.MountPoint);
        using var bed = new ImageBed(Path.Combine(holder.MountPoint, "out"));

        var snapshot = await bed.TakeFrozenAsync(fileSystem.MountPoint, Token, DiskImageCopyMode.Reflink);

        Assert.Equal("reflink", snapshot.Properties["method"]);
        Shell.Run("e2fsck", "-fn", snapshot.Id);
    }

    [Fact]
    public async Task A_copy_of_a_file_system_that_is_written_to_is_refused_and_leaves_nothing()
    {
        using var fileSystem = LoopFileSystem.Create("ext4");
        using var bed = new ImageBed();
        await File.WriteAllBytesAsync(Path.Combine(fileSystem.MountPoint, "big"), new byte[100_000_000], Token);
        Shell.Run("sync", "-f", fileSystem.MountPoint);
        await using var cut = await bed.NewBackend().PrepareAsync(bed.Request(fileSystem.MountPoint), Token);
        using var stop = new CancellationTokenSource();
        using var wrote = new SemaphoreSlim(0);
        var writer = Task.Run(
            () =>
            {
                for (var number = 0; !stop.IsCancellationRequested; number++)
                {
                    using var file = new FileStream(Path.Combine(fileSystem.MountPoint, "busy"), FileMode.OpenOrCreate);
                    file.Write(new byte[4096]);
                    file.Flush(flushToDisk: true);
                    wrote.Release();
                }
            },
            Token);
        await wrote.WaitAsync(Token);

        var error = await Assert.ThrowsAsync<SnapshotBackendException>(async () => await cut.CutAsync(Token));
        await stop.CancelAsync();
        await writer;

        Assert.Equal(fileSystem.MountPoint, error.Volume);
        Assert.Contains("written to while it was copied", error.Message, StringComparison.Ordinal);
        Assert.Empty(await cut.RollBackAsync(Token));
        Assert.Empty(bed.Files);
    }

    [Theory]
    [InlineData("ext4")]
    [InlineData("xfs")]
    public async Task A_reflink_of_a_file_system_that_is_written_to_is_as_after_a_power_cut_and_can_be_mounted(string type)
    {
        using var holder = LoopFileSystem.Create("xfs", megabytes: 1500);
        using var fileSystem = LoopFileSystem.Create(type, folder: holder.MountPoint);
        using var bed = new ImageBed(Path.Combine(holder.MountPoint, "out"));
        await using var cut = await bed.NewBackend().PrepareAsync(bed.Request(fileSystem.MountPoint), Token);
        await using (var writer = new SteadyWriter(Path.Combine(fileSystem.MountPoint, "lines")))
        {
            await writer.Began;
            await cut.CutAsync(Token);
        }

        var snapshot = Assert.Single(await cut.CompleteAsync(ImageBed.Reached(ConsistencyLevel.Crash, fileSystem.MountPoint), Token));
        var hash = ImageBed.Hash(snapshot.Id);
        await using (await bed.NewBackend().ExposeReadOnlyAsync(snapshot.Id, bed.MountPoint, Token))
        {
            using var lines = new StreamReader(Path.Combine(bed.MountPoint, "lines"));
            Assert.Equal(SteadyWriter.Line(0), await lines.ReadLineAsync(Token));
        }

        Assert.Equal(hash, ImageBed.Hash(snapshot.Id));
        Assert.Equal(ConsistencyLevel.Crash, snapshot.Consistency);
        Assert.Equal(2, bed.Files.Count());
    }

    [Fact]
    public async Task Several_volumes_become_several_images_and_two_mounts_of_one_become_one()
    {
        using var first = LoopFileSystem.Create("ext4", megabytes: 64);
        using var second = LoopFileSystem.Create("btrfs");
        using var bed = new ImageBed();
        var bind = Directory.CreateDirectory(Path.Combine(second.Folder, "bind")).FullName;
        Shell.Run("mount", "--bind", first.MountPoint, bind);
        try
        {
            await using var cut = await bed.NewBackend().PrepareAsync(bed.Request(first.MountPoint, second.MountPoint, bind), Token);
            Shell.Run("fsfreeze", "-f", first.MountPoint);
            Shell.Run("fsfreeze", "-f", second.MountPoint);
            var snapshots = await cut.CutAsync(Token);
            Shell.Run("fsfreeze", "-u", second.MountPoint);
            Shell.Run("fsfreeze", "-u", first.MountPoint);

            Assert.Equal(2, snapshots.Count);
            Assert.Equal([first.MountPoint, bind], snapshots[0].Volumes);
            Assert.Equal(3, cut.Volumes.Count);
            Assert.All(cut.Volumes, volume => Assert.Equal([bed.Output], volume.WritesTo));
            Assert.All(cut.Volumes, volume => Assert.NotEmpty(volume.PhysicalDisks));
            var kept = await cut.CompleteAsync(ImageBed.Reached(ConsistencyLevel.FileSystem, first.MountPoint, second.MountPoint, bind), Token);
            Shell.Run("e2fsck", "-fn", kept[0].Id);
            Assert.Equal(kept.Select(snapshot => snapshot.Id), (await bed.NewBackend().ListAsync(Token)).Select(snapshot => snapshot.Id), StringComparer.Ordinal);
        }
        finally
        {
            Shell.Run("umount", bind);
        }
    }

    private static void CheckWithItsOwnTools(string type, string image)
    {
        switch (type)
        {
            case "ext4":
                Shell.Run("e2fsck", "-fn", image);
                break;
            case "btrfs":
                Shell.Run("btrfs", "check", "--readonly", image);
                break;
            default:
                // A frozen XFS keeps its counters in the log: what the kernel makes of it is checked.
                var replayed = image + ".replayed";
                Shell.Run("cp", "--reflink=auto", image, replayed);
                var mounted = Directory.CreateDirectory(image + ".mnt").FullName;
                Shell.Run("mount", "-t", "xfs", "-o", "loop,nouuid", replayed, mounted);
                Shell.Run("umount", mounted);
                Shell.Run("xfs_repair", "-n", "-f", replayed);
                break;
        }
    }

    private static long Allocated(string path) =>
        long.Parse(Shell.Run("stat", "--format", "%b", path), System.Globalization.CultureInfo.InvariantCulture) * 512;
}
