using System.Runtime.Versioning;
using AppConsistentSnapshot.Backends;
using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Tests.Backends;

[SupportedOSPlatform("linux")]
public sealed class DiskImageExposureTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_journal_is_replayed_in_a_private_copy_without_a_name()
    {
        using var host = new FakeImageHost();
        var snapshot = await host.TakeAsync("xfs");
        var files = host.OutputFiles;
        host.Mounts.MountAnswers.Enqueue(Errno.EROFS);

        // No mount is real here: what is found at the mount point is never the fake device.
        await Assert.ThrowsAsync<SnapshotBackendException>(async () => await host.NewBackend().ExposeReadOnlyAsync(snapshot.Id, host.ExposeAt, Token));

        Assert.Equal([true, false], host.Loops.History.Select(item => item.ReadOnly));
        Assert.All(host.Loops.History, item => Assert.Equal(new FileInfo(snapshot.Id).Length, item.FileLength));
        Assert.Equal(["mount xfs nouuid", "mount xfs nouuid", "umount"], host.Mounts.Calls, StringComparer.Ordinal);
        Assert.Equal(files, host.OutputFiles, StringComparer.Ordinal);
    }

    [Fact]
    public async Task What_the_kernel_mounted_instead_of_the_snapshot_is_unmounted()
    {
        using var host = new FakeImageHost();
        var snapshot = await host.TakeAsync();

        var error = await Assert.ThrowsAsync<SnapshotBackendException>(
            async () => await host.NewBackend().ExposeReadOnlyAsync(snapshot.Id, host.ExposeAt, Token));

        Assert.Contains("is not the snapshot", error.Message, StringComparison.Ordinal);
        Assert.Empty(host.Mounts.MountPoints);
        Assert.Equal(["/dev/loop0"], host.Loops.Attached.Keys, StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("EINVAL")]
    [InlineData("EBUSY")]
    [InlineData("EPERM")]
    public async Task A_mount_that_fails_leaves_no_device(string answer)
    {
        using var host = new FakeImageHost();
        var snapshot = await host.TakeAsync();
        host.Mounts.MountAnswers.Enqueue(Enum.Parse<Errno>(answer));

        var error = await Assert.ThrowsAsync<SnapshotBackendException>(
            async () => await host.NewBackend().ExposeReadOnlyAsync(snapshot.Id, host.ExposeAt, Token));

        Assert.Contains(answer, error.Message, StringComparison.Ordinal);
        Assert.Equal(["/dev/loop0"], host.Loops.Attached.Keys, StringComparer.Ordinal);
    }

    [Fact]
    public async Task Whatever_call_fails_nothing_is_left_mounted_attached_or_lying_about()
    {
        for (var failAt = 1; ; failAt++)
        {
            using var host = new FakeImageHost();
            var snapshot = await Btrfs(host);
            host.Content.CloneAnswer = Errno.EXDEV;
            host.Mounts.MountAnswers.Enqueue(Errno.EROFS);
            host.Plan.Arm(failAt, Errno.ENOSPC);
            try
            {
                await using var exposed = await host.NewBackend().ExposeReadOnlyAsync(snapshot.Id, host.ExposeAt, Token);
            }
            catch (SnapshotBackendException error)
            {
                Assert.NotNull(error.RecommendedAction);
            }

            Assert.Empty(host.Mounts.MountPoints);
            Assert.Equal(["/dev/loop0"], host.Loops.Attached.Keys, StringComparer.Ordinal);
            Assert.True(host.OutputFiles.Count == 2 || host.Plan.Failed!.StartsWith("remove", StringComparison.Ordinal), host.Plan.Failed);
            if (host.Plan.Failed is null)
            {
                break;
            }
        }
    }

    [Fact]
    public async Task A_busy_mount_is_detached_lazily()
    {
        using var host = new FakeImageHost();
        var snapshot = await Btrfs(host);
        host.Mounts.UnmountAnswers.Enqueue(Errno.EBUSY);

        await (await host.NewBackend().ExposeReadOnlyAsync(snapshot.Id, host.ExposeAt, Token)).DisposeAsync();

        Assert.Equal(["mount btrfs subvol=/data", "umount", "umount -l"], host.Mounts.Calls, StringComparer.Ordinal);
        Assert.Contains(host.Logs.GetSnapshot(), record => record.Id.Id == 504);
    }

    [Fact]
    public async Task An_old_kernel_is_not_trusted_with_a_copy_of_a_mounted_Btrfs()
    {
        using var host = new FakeImageHost();
        var snapshot = await Btrfs(host);
        host.Devices.SeparatesBtrfsCopies = false;
        var id = new Guid((await File.ReadAllBytesAsync(snapshot.Id, Token)).AsSpan(65536 + 32, 16), bigEndian: true).ToString("D");
        host.Devices.MountedBtrfs.Add(id);

        var error = await Assert.ThrowsAsync<SnapshotBackendException>(
            async () => await host.NewBackend().ExposeReadOnlyAsync(snapshot.Id, host.ExposeAt, Token));

        Assert.Contains(id, error.Message, StringComparison.Ordinal);
        Assert.Empty(host.Mounts.Calls);
        Assert.Empty(host.Loops.History);
    }

    /// <summary>For Btrfs the proof that a mount is ours comes from sysfs, which is a fake here.</summary>
    private static async Task<BackendSnapshot> Btrfs(FakeImageHost host)
    {
        host.Devices.BtrfsMembers.Add("loop0");
        var snapshot = await host.TakeAsync("btrfs", root: "/data");
        host.Devices.BtrfsMembers.AddRange(["loop7", "loop8"]);
        host.Devices.MountedBtrfs.Add("ours");
        host.Mounts.BtrfsId = "ours";
        return snapshot;
    }
}
