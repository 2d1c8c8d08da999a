using System.Runtime.Versioning;
using AppConsistentSnapshot.Backends;
using AppConsistentSnapshot.Backends.Images;
using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Interop;
using Microsoft.Extensions.Time.Testing;

namespace AppConsistentSnapshot.Tests.Backends;

[SupportedOSPlatform("linux")]
public sealed class DiskImageBackendTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("EXDEV")]
    [InlineData("EOPNOTSUPP")]
    [InlineData("EINVAL")]
    [InlineData("ENOTTY")]
    public async Task What_cannot_be_cloned_is_copied_and_nothing_but_the_holes_is_missing(string answer)
    {
        using var host = new FakeImageHost();
        host.Content.CloneAnswer = Enum.Parse<Errno>(answer);
        host.Content.CopyAnswer = Errno.EXDEV;

        var snapshot = await host.TakeAsync();

        Assert.Equal("copy", snapshot.Properties["method"]);
        Assert.Equal(await File.ReadAllBytesAsync(host.BackingFile, Token), await File.ReadAllBytesAsync(snapshot.Id, Token));
        Assert.True(host.Content.Reads > 0);
        Assert.Contains(host.Logs.GetSnapshot(), record => record.Message.Contains(answer, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_clone_that_has_to_be_is_refused_where_it_cannot_be()
    {
        using var host = new FakeImageHost();
        host.Content.CloneAnswer = Errno.EXDEV;

        var error = await Assert.ThrowsAsync<SnapshotBackendException>(
            async () => await host.NewBackend(DiskImageCopyMode.Reflink).PrepareAsync(FakeImageHost.Request(), Token));

        Assert.Contains("EXDEV", error.Message, StringComparison.Ordinal);
        Assert.Equal(FakeImageHost.MountPoint, error.Volume);
        Assert.Empty(host.OutputFiles);
    }

    [Fact]
    public async Task The_estimate_of_a_copy_comes_from_its_bytes_and_their_speed()
    {
        using var host = new FakeImageHost();
        var time = new FakeTimeProvider();
        await using var slow = await host.NewBackend(DiskImageCopyMode.Copy, time, bytesPerSecond: 1000).PrepareAsync(FakeImageHost.Request(), Token);
        await using var fast = await host.NewBackend(DiskImageCopyMode.Reflink, time).PrepareAsync(FakeImageHost.Request(runId: "run-2"), Token);

        Assert.InRange(slow.EstimatedCutTime, TimeSpan.FromSeconds(300), TimeSpan.FromSeconds(400));
        Assert.InRange(fast.EstimatedCutTime, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.Equal([host.Output], Assert.Single(slow.Volumes).WritesTo);
        Assert.Equal(["/dev/sda"], Assert.Single(slow.Volumes).PhysicalDisks);
    }

    [Fact]
    public async Task A_write_during_the_copy_fails_the_cut_for_the_copy_is_of_no_moment()
    {
        using var host = new FakeImageHost();
        await using var cut = await host.NewBackend(DiskImageCopyMode.Copy).PrepareAsync(FakeImageHost.Request(), Token);
        host.Content.Copied = () => host.Devices.Counter.Writes = new DeviceWrites(1, 8, 0);

        var error = await Assert.ThrowsAsync<SnapshotBackendException>(async () => await cut.CutAsync(Token));

        Assert.Contains("written to while it was copied", error.Message, StringComparison.Ordinal);
        Assert.Equal(FakeImageHost.MountPoint, error.Volume);
        Assert.Empty(await cut.RollBackAsync(Token));
        Assert.Empty(host.OutputFiles);
    }

    [Fact]
    public async Task A_write_still_under_way_at_the_end_of_the_copy_fails_the_cut()
    {
        using var host = new FakeImageHost();
        await using var cut = await host.NewBackend(DiskImageCopyMode.Copy).PrepareAsync(FakeImageHost.Request(), Token);
        host.Content.Copied = () => host.Devices.Counter.Writes = new DeviceWrites(0, 0, 1);

        var error = await Assert.ThrowsAsync<SnapshotBackendException>(async () => await cut.CutAsync(Token));

        Assert.Contains("under way", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_copy_without_write_counters_is_refused_with_the_line_that_turns_them_on()
    {
        using var host = new FakeImageHost();
        host.Devices.CountsWrites = false;

        var error = await Assert.ThrowsAsync<SnapshotBackendException>(
            async () => await host.NewBackend(DiskImageCopyMode.Copy).PrepareAsync(FakeImageHost.Request(), Token));

        Assert.Contains("echo 1 > /sys/block/loop0/queue/iostats", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(host.OutputFiles);
    }

    [Fact]
    public async Task A_disk_that_is_too_full_is_named_with_both_sizes()
    {
        using var host = new FakeImageHost();
        host.Files.FreeBytes = 4 * 1024 * 1024;

        var error = await Assert.ThrowsAsync<SnapshotBackendException>(
            async () => await host.NewBackend(DiskImageCopyMode.Copy).PrepareAsync(FakeImageHost.Request(), Token));

        Assert.Contains("4194304 bytes left", error.Message, StringComparison.Ordinal);
        Assert.Contains("ENOSPC", error.Message, StringComparison.Ordinal);
        Assert.Empty(host.OutputFiles);
    }

    [Fact]
    public async Task A_cut_that_is_cancelled_between_two_pieces_ends()
    {
        using var host = new FakeImageHost();
        using var window = new CancellationTokenSource();
        await using var cut = await host.NewBackend(DiskImageCopyMode.Copy).PrepareAsync(FakeImageHost.Request(), Token);
        host.Content.Copied = window.Cancel;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await cut.CutAsync(window.Token));

        Assert.Empty(await cut.RollBackAsync(Token));
        Assert.Empty(host.OutputFiles);
    }

    [Fact]
    public async Task A_cut_that_hangs_in_the_kernel_returns_at_once_and_is_removed_when_the_kernel_lets_go()
    {
        using var host = new FakeImageHost();
        using var window = new CancellationTokenSource();
        using var hangs = new ManualResetEventSlim();
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var cut = await host.NewBackend().PrepareAsync(FakeImageHost.Request(), Token);
        host.Content.Cloning = () =>
        {
            reached.SetResult();
            hangs.Wait();
        };

        var cutting = cut.CutAsync(window.Token).AsTask();
        await reached.Task;
        await window.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cutting);

        var left = Assert.Single(await cut.RollBackAsync(window.Token));
        Assert.Equal(Assert.Single(host.OutputFiles), Path.GetFileName(left.Id));
        hangs.Set();
        Assert.Empty(await cut.RollBackAsync(Token));
        Assert.Empty(host.OutputFiles);
    }

    [Fact]
    public async Task A_preparation_that_is_cancelled_leaves_nothing()
    {
        using var host = new FakeImageHost();
        using var source = new CancellationTokenSource();
        host.Content.Copied = source.Cancel;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await host.NewBackend(DiskImageCopyMode.Copy, bytesPerSecond: null).PrepareAsync(FakeImageHost.Request(), source.Token));

        Assert.Empty(host.OutputFiles);
    }

    [Fact]
    public async Task A_preparation_that_hangs_is_given_up_and_undone_when_it_comes_back()
    {
        using var host = new FakeImageHost();
        using var source = new CancellationTokenSource();
        using var hangs = new ManualResetEventSlim();
        var time = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromMilliseconds(1) };
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Content.Cloning = () =>
        {
            reached.SetResult();
            hangs.Wait();
        };

        var preparing = host.NewBackend(timeProvider: time).PrepareAsync(FakeImageHost.Request(), source.Token).AsTask();
        await reached.Task;
        await source.CancelAsync();
        while (!preparing.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => preparing);
        Assert.Single(host.OutputFiles);
        hangs.Set();
        Assert.True(SpinWait.SpinUntil(() => host.OutputFiles.Count == 0, TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task One_cut_cannot_be_made_twice()
    {
        using var host = new FakeImageHost();
        await using var cut = await host.NewBackend().PrepareAsync(FakeImageHost.Request(), Token);
        await cut.CutAsync(Token);

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await cut.CutAsync(Token));
        Assert.Empty(await cut.RollBackAsync(Token));
    }

    [Theory]
    [InlineData("relative")]
    [InlineData("")]
    public void An_output_folder_that_is_not_absolute_is_misuse(string folder)
    {
        using var host = new FakeImageHost();
        Assert.Throws<ArgumentException>(() => new DiskImageBackend(new DiskImageOptions { OutputFolder = folder }, host.Kernel, null, null));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../x")]
    [InlineData("Run")]
    [InlineData("a b")]
    public async Task A_run_id_that_is_not_fit_for_names_is_misuse(string runId)
    {
        using var host = new FakeImageHost();
        await Assert.ThrowsAsync<ArgumentException>(async () => await host.NewBackend().PrepareAsync(FakeImageHost.Request(runId: runId), Token));
        Assert.Empty(host.OutputFiles);
    }

    [Fact]
    public async Task Folders_that_others_could_change_are_refused_with_the_line_that_mends_it()
    {
        using var host = new FakeImageHost();
        File.SetUnixFileMode(host.Output, (UnixFileMode)0b111_111_111);

        var error = await Assert.ThrowsAsync<SnapshotBackendException>(async () => await host.NewBackend().PrepareAsync(FakeImageHost.Request(), Token));

        Assert.Contains($"chmod go-w {host.Output}", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_is_missing_or_a_link_is_refused()
    {
        using var host = new FakeImageHost();
        var link = host.Output + "-link";
        File.CreateSymbolicLink(link, host.Output);
        foreach (var (folder, reason) in new[] { (host.Output + "-none", "does not exist"), (link, "symbolic link"), (host.BackingFile, "no folder") })
        {
            var backend = new DiskImageBackend(new DiskImageOptions { OutputFolder = folder }, host.Kernel, null, null);
            var error = await Assert.ThrowsAsync<SnapshotBackendException>(async () => await backend.PrepareAsync(FakeImageHost.Request(), Token));
            Assert.Contains(reason, error.Message, StringComparison.Ordinal);
            Assert.NotNull(error.RecommendedAction);
        }
    }

    [Theory]
    [InlineData("ext4", "7:9", "rw", "no block device")]
    [InlineData("ext4", "254:0", "rw", "device mapper")]
    [InlineData("xfs", "8:1", "rw", "no loop device")]
    [InlineData("xfs", "7:0", "rw,logdev=/dev/sdb", "logdev=/dev/sdb")]
    [InlineData("tmpfs", "0:55", "rw", "no block device")]
    [InlineData("btrfs", "0:56", "rw", "2 devices")]
    public async Task What_an_image_cannot_hold_is_refused_with_the_reason(string type, string number, string options, string reason)
    {
        using var host = new FakeImageHost();
        host.AddLoop(host.BackingFile, "dm-0", "254:0");
        host.AddLoop(host.BackingFile, "sda1", "8:1", "sda");
        host.Devices.Nodes["/dev/loop0"] = "7:0";
        host.Devices.BtrfsMembers.AddRange(["loop0", "loop1"]);

        var error = await Assert.ThrowsAsync<SnapshotBackendException>(
            async () => await host.NewBackend().PrepareAsync(FakeImageHost.Request(type, number, options), Token));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Equal(FakeImageHost.MountPoint, error.Volume);
        Assert.NotNull(error.RecommendedAction);
        Assert.False(error.IsTransient);
        Assert.Empty(host.OutputFiles);
    }

    [Fact]
    public async Task A_missing_privilege_has_its_code()
    {
        using var host = new FakeImageHost();
        host.Plan.Arm(1, Errno.EACCES);

        var error = await Assert.ThrowsAsync<SnapshotBackendException>(async () => await host.NewBackend().PrepareAsync(FakeImageHost.Request(), Token));

        Assert.Same(ErrorCodes.PrivilegeMissing, error.Code);
    }
}
