using System.Runtime.Versioning;
using System.Text;
using AppConsistentSnapshot.Backends;
using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.IntegrationTests.Support;
using AppConsistentSnapshot.Interop;
using AppConsistentSnapshot.Interop.Linux;
using Microsoft.Win32.SafeHandles;

namespace AppConsistentSnapshot.IntegrationTests.Backends;

/// <summary>After the cut: list, mount, delete, roll back, recover, each as another process would.</summary>
[SupportedOSPlatform("linux")]
public sealed class DiskImageLifeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Another_process_lists_mounts_and_deletes_by_the_id_alone()
    {
        using var fileSystem = LoopFileSystem.Create("ext4", megabytes: 64);
        using var bed = new ImageBed();
        var snapshot = await bed.TakeFrozenAsync(fileSystem.MountPoint, Token);

        var listed = Assert.Single(await bed.NewBackend().ListAsync(Token));
        Assert.Equal(snapshot.Id, listed.Id);
        Assert.Equal(snapshot.Volumes, listed.Volumes);
        Assert.Equal(snapshot.CutStartedAt, listed.CutStartedAt);
        Assert.Equal(ConsistencyLevel.FileSystem, listed.Consistency);
        Assert.Equal(snapshot.Properties, listed.Properties);

        var exposed = await bed.NewBackend().ExposeReadOnlyAsync(snapshot.Id, bed.MountPoint, Token);
        var inUse = await Assert.ThrowsAsync<SnapshotBackendException>(async () => await bed.NewBackend().DeleteAsync(snapshot.Id, Token));
        Assert.Contains(bed.MountPoint, inUse.Message, StringComparison.Ordinal);
        Assert.Contains("umount", inUse.RecommendedAction, StringComparison.Ordinal);
        await exposed.DisposeAsync();
        await exposed.DisposeAsync();

        await bed.NewBackend().DeleteAsync(snapshot.Id, Token);
        Assert.Empty(bed.Files);
        var gone = await Assert.ThrowsAsync<SnapshotBackendException>(async () => await bed.NewBackend().DeleteAsync(snapshot.Id, Token));
        Assert.Same(ErrorCodes.SnapshotNotFound, gone.Code);
        gone = await Assert.ThrowsAsync<SnapshotBackendException>(
            async () => await bed.NewBackend().ExposeReadOnlyAsync(snapshot.Id, bed.MountPoint, Token));
        Assert.Same(ErrorCodes.SnapshotNotFound, gone.Code);
    }

    [Fact]
    public async Task A_mount_that_is_left_alone_stays_and_its_loop_device_goes_with_it()
    {
        using var fileSystem = LoopFileSystem.Create("ext4", megabytes: 64);
        using var bed = new ImageBed();
        var snapshot = await bed.TakeFrozenAsync(fileSystem.MountPoint, Token);

        var exposed = await bed.NewBackend().ExposeReadOnlyAsync(snapshot.Id, bed.MountPoint, Token);
        Assert.Equal([exposed.Device!], ImageBed.AttachedTo(snapshot.Id));
        Assert.Equal(exposed.Device, ImageBed.Describe(bed.MountPoint).Source);

        Shell.Run("umount", bed.MountPoint);
        Assert.Empty(ImageBed.AttachedTo(snapshot.Id));
    }

    [Fact]
    public async Task A_busy_mount_is_hidden_at_once_and_its_device_goes_with_the_last_use()
    {
        using var fileSystem = LoopFileSystem.Create("ext4", megabytes: 64);
        using var bed = new ImageBed();
        await File.WriteAllTextAsync(Path.Combine(fileSystem.MountPoint, "file"), "content", Token);
        var snapshot = await bed.TakeFrozenAsync(fileSystem.MountPoint, Token);

        var exposed = await bed.NewBackend().ExposeReadOnlyAsync(snapshot.Id, bed.MountPoint, Token);
        using (var reader = new StreamReader(Path.Combine(bed.MountPoint, "file")))
        {
            await exposed.DisposeAsync();
            Assert.Empty(Directory.EnumerateFileSystemEntries(bed.MountPoint));
            Assert.Equal("content", await reader.ReadToEndAsync(Token));
        }

        Assert.True(SpinWait.SpinUntil(() => ImageBed.AttachedTo(snapshot.Id).Count == 0, TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task A_mounted_copy_of_a_mounted_Btrfs_is_the_copy_and_not_the_original()
    {
        using var fileSystem = LoopFileSystem.Create("btrfs");
        using var bed = new ImageBed();
        var file = Path.Combine(fileSystem.MountPoint, "file");
        await File.WriteAllTextAsync(file, "before", Token);
        var snapshot = await bed.TakeFrozenAsync(fileSystem.MountPoint, Token);
        await File.WriteAllTextAsync(file, "after", Token);

        for (var round = 0; round < 2; round++)
        {
            await using var exposed = await bed.NewBackend().ExposeReadOnlyAsync(snapshot.Id, bed.MountPoint, Token);
            Assert.Equal("before", await File.ReadAllTextAsync(Path.Combine(bed.MountPoint, "file"), Token));
            Assert.Equal("after", await File.ReadAllTextAsync(file, Token));
        }
    }

    [Fact]
    public async Task A_subvolume_is_shown_as_it_was_mounted()
    {
        using var fileSystem = LoopFileSystem.Create("btrfs");
        using var bed = new ImageBed();
        Shell.Run("btrfs", "subvolume", "create", Path.Combine(fileSystem.MountPoint, "data"));
        var mounted = Directory.CreateDirectory(Path.Combine(fileSystem.Folder, "sub")).FullName;
        Shell.Run("mount", "-o", "subvol=/data", fileSystem.Device, mounted);
        try
        {
            await File.WriteAllTextAsync(Path.Combine(mounted, "file"), "content", Token);
            var snapshot = await bed.TakeFrozenAsync(mounted, Token);
            await using var exposed = await bed.NewBackend().ExposeReadOnlyAsync(snapshot.Id, bed.MountPoint, Token);

            Assert.Equal("content", await File.ReadAllTextAsync(Path.Combine(bed.MountPoint, "file"), Token));
        }
        finally
        {
            Shell.Run("umount", mounted);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_dead_process_is_cleaned_up_after_from_the_recovery_state_alone_as_often_as_you_like(bool completed)
    {
        using var fileSystem = LoopFileSystem.Create("ext4", megabytes: 64);
        using var bed = new ImageBed();
        var stranger = Path.Combine(bed.Output, "acs-20260101T000000Z-other-1-data.img");
        await File.WriteAllTextAsync(stranger, "not ours", Token);
        string state;
        await using (var cut = await bed.NewBackend().PrepareAsync(bed.Request(fileSystem.MountPoint), Token))
        {
            state = cut.RecoveryState;
            Shell.Run("fsfreeze", "-f", fileSystem.MountPoint);
            await cut.CutAsync(Token);
            Shell.Run("fsfreeze", "-u", fileSystem.MountPoint);
            if (completed)
            {
                await cut.CompleteAsync(ImageBed.Reached(ConsistencyLevel.Crash, fileSystem.MountPoint), Token);
            }
        }

        Assert.True(bed.Files.Count() > 1);
        Assert.Empty(await bed.NewBackend().RecoverAsync(state, Token));
        Assert.Empty(await bed.NewBackend().RecoverAsync(state, Token));
        Assert.Equal([Path.GetFileName(stranger)], bed.Files, StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_cut_that_is_prepared_and_never_made_leaves_nothing()
    {
        using var fileSystem = LoopFileSystem.Create("ext4", megabytes: 64);
        using var bed = new ImageBed();

        await using (await bed.NewBackend().PrepareAsync(bed.Request(fileSystem.MountPoint), Token))
        {
            Assert.Single(bed.Files);
            Assert.Empty(await bed.NewBackend().ListAsync(Token));
        }

        Assert.Empty(bed.Files);
    }

    [Fact]
    public async Task A_mount_point_that_would_hide_something_is_refused()
    {
        using var fileSystem = LoopFileSystem.Create("ext4", megabytes: 64);
        using var bed = new ImageBed();
        var snapshot = await bed.TakeFrozenAsync(fileSystem.MountPoint, Token);
        var link = bed.MountPoint + "-link";
        File.CreateSymbolicLink(link, bed.MountPoint);
        var full = Directory.CreateDirectory(bed.MountPoint + "-full").FullName;
        await File.WriteAllTextAsync(Path.Combine(full, "file"), "", Token);

        foreach (var (mountPoint, reason) in new[]
        {
            (fileSystem.MountPoint, "mounted"), (link, "symbolic link"), (full, "not empty"), (full + "/file", "no folder"), (full + "/none", "does not exist"),
        })
        {
            var error = await Assert.ThrowsAsync<SnapshotBackendException>(
                async () => await bed.NewBackend().ExposeReadOnlyAsync(snapshot.Id, mountPoint, Token));
            Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        }

        Assert.Empty(ImageBed.AttachedTo(snapshot.Id));
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void A_loop_device_shows_its_part_of_the_file_on_old_kernels_too(bool configureAtOnce, bool readOnly)
    {
        Requires.Root();
        Requires.LoopDevices();
        using var bed = new ImageBed();
        var path = Path.Combine(bed.Output, "file");
        File.WriteAllBytes(path, [.. new byte[4096], .. Encoding.ASCII.GetBytes("here"), .. new byte[(64 * 1024) - 4]]);
        using var file = File.OpenHandle(path, FileMode.Open, readOnly ? FileAccess.Read : FileAccess.ReadWrite, FileShare.ReadWrite);
        var loops = new LinuxLoopDevices(configureAtOnce);

        Assert.Equal(Errno.None, loops.Attach(file, new LoopGeometry(4096, 8192, 512), readOnly, out var attachment));
        using (attachment)
        {
            Assert.Equal("here", ReadStart(attachment!.Device));
            Assert.Equal("8192", Shell.Run("blockdev", "--getsize64", attachment.Device).Trim());
            Assert.Equal(readOnly ? "1" : "0", Shell.Run("blockdev", "--getro", attachment.Device).Trim());
            Assert.Equal(Errno.None, loops.ReadStatus(attachment.Device, out var status));
            Assert.Equal(4096, status.Offset);
            Assert.Contains(attachment.Device, loops.ListAttached(), StringComparer.Ordinal);
        }

        Assert.True(SpinWait.SpinUntil(() => ImageBed.AttachedTo(path).Count == 0, TimeSpan.FromSeconds(10)));
    }

    private static string ReadStart(string device)
    {
        using SafeFileHandle handle = File.OpenHandle(device);
        var buffer = new byte[4];
        Assert.Equal(4, RandomAccess.Read(handle, buffer, 0));
        return Encoding.ASCII.GetString(buffer);
    }
}
