using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Freezing;
using AppConsistentSnapshot.Interop;
using AppConsistentSnapshot.Testing.Kernel;

namespace AppConsistentSnapshot.Tests.Freezing;

public sealed class PrepareTests
{
    private readonly FreezeFixture _fixture = new();

    private FakeKernel Kernel => _fixture.Kernel;

    [Fact]
    public async Task Mounts_of_one_file_system_count_once()
    {
        var data = Kernel.Add("/data");
        Kernel.Mount(data, "/bind", "/sub");

        await using var prepared = await _fixture.PrepareAsync("/bind", "/data", "/data/", "/bind");

        Assert.Equal(["/bind"], prepared.FileSystems.Select(fileSystem => fileSystem.MountPoint));
        Assert.Equal(["/bind"], Kernel.Opened);
    }

    [Fact]
    public async Task Lists_them_in_the_order_in_which_they_freeze()
    {
        var outer = Kernel.Add("/outer");
        Kernel.Add("/other");
        Kernel.AddLoop("/inner", outer);

        await using var prepared = await _fixture.PrepareAsync("/outer", "/other", "/inner");

        Assert.Equal(["/other", "/inner", "/outer"], prepared.FileSystems.Select(fileSystem => fileSystem.MountPoint));
    }

    [Fact]
    public async Task Reports_every_problem_at_once_and_opens_nothing()
    {
        Kernel.Add("/good");
        Kernel.Add("/nfs", "nfs");
        Kernel.Add("/ram", "tmpfs");

        var errors = (await FailAsync("/good", "/nfs", "/ram", "/good/folder", "relative", "/missing")).Errors;

        Assert.Equal([903, 902, 901, 901, 901], errors.Select(error => error.Number));
        Assert.Equal(["/nfs", "/ram", "/good/folder", "relative", "/missing"], errors.Select(error => error.Subject));
        Assert.Contains("lies on '/good'", errors[2].Message, StringComparison.Ordinal);
        Assert.Empty(Kernel.Opened);
    }

    [Theory]
    [InlineData(Errno.EACCES, 900)]
    [InlineData(Errno.EPERM, 900)]
    [InlineData(Errno.EIO, 123)]
    [InlineData(Errno.ENOTDIR, 123)]
    [InlineData(Errno.EMFILE, 123)]
    internal async Task What_cannot_be_opened_is_told_with_the_kernels_answer_and_the_others_are_closed(Errno errno, int number)
    {
        Kernel.Add("/a");
        Kernel.Add("/b");
        Kernel.Opens("/b").Fail(errno);

        var error = (await FailAsync("/a", "/b")).Errors.Single();

        Assert.Equal((number, "/b", (int)errno), (error.Number, error.Subject, error.Errno));
        _fixture.AssertNothingIsLeft();
    }

    [Fact]
    public async Task A_mount_that_is_covered_between_table_and_open_is_refused()
    {
        Kernel.Add("/a");
        Kernel.Opens("/a").Precede(() => Kernel.Add("/a"));

        Assert.Equal(905, (await FailAsync("/a")).Errors.Single().Number);
        _fixture.AssertNothingIsLeft();
    }

    [Fact]
    public async Task An_open_that_hangs_can_be_given_up_and_is_closed_when_it_returns()
    {
        Kernel.Add("/a");
        Kernel.Add("/b");
        var hang = Kernel.Opens("/b").Hang();
        using var caller = new CancellationTokenSource();

        var prepare = _fixture.Controller.PrepareAsync(["/a", "/b"], caller.Token).AsTask();
        hang.WaitUntilEntered();
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => FreezeFixture.Bounded(prepare));
        hang.LetGo();
        _fixture.AssertNothingIsLeft();
    }

    [Fact]
    public async Task A_mount_table_that_cannot_be_read_is_an_error_and_no_crash()
    {
        var controller = new FreezeController(
            new Unreadable(), Kernel, Kernel, new FreezeEngineFactory(Kernel, _fixture.Time), _fixture.Logs);

        var error = await Assert.ThrowsAsync<FreezeException>(() => controller.PrepareAsync(["/"], FreezeFixture.Token).AsTask());

        Assert.True(error.Errors.Single().Is(ErrorCodes.MountOpenFailed));
        Assert.Contains("no /proc", controller.Inspect(["/"]).Single().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_to_freeze_is_misuse() =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _fixture.PrepareAsync());

    [Fact]
    public async Task Flushes_all_at_the_same_time()
    {
        var hangs = new[] { Kernel.Add("/a"), Kernel.Add("/b"), Kernel.Add("/c") }.Select(fileSystem => fileSystem.Flushes.Hang()).ToList();
        await using var prepared = await _fixture.PrepareAsync("/a", "/b", "/c");

        var flush = prepared.FlushAsync(FreezeFixture.Token).AsTask();
        hangs.ForEach(hang => hang.WaitUntilEntered());
        hangs.ForEach(hang => hang.LetGo());

        Assert.Empty(await FreezeFixture.Bounded(flush));
    }

    [Fact]
    public async Task Names_the_file_system_whose_data_did_not_reach_the_disk()
    {
        Kernel.Add("/a");
        Kernel.Add("/b").Flushes.Fail(Errno.EIO);
        await using var prepared = await _fixture.PrepareAsync("/a", "/b");

        var error = (await FreezeFixture.Bounded(prepared.FlushAsync(FreezeFixture.Token).AsTask())).Single();

        Assert.Equal((906, "/b", 5), (error.Number, error.Subject, error.Errno));
    }

    [Fact]
    public async Task A_flush_that_hangs_can_be_given_up_and_keeps_its_descriptor_open_until_it_returns()
    {
        var hang = Kernel.Add("/a").Flushes.Hang();
        var prepared = await _fixture.PrepareAsync("/a");
        using var caller = new CancellationTokenSource();

        var flush = prepared.FlushAsync(caller.Token).AsTask();
        hang.WaitUntilEntered();
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => FreezeFixture.Bounded(flush));
        await prepared.DisposeAsync();

        Assert.Equal(1, Kernel.OpenDescriptors);
        hang.LetGo();
        _fixture.AssertNothingIsLeft();
    }

    private async Task<FreezeException> FailAsync(params string[] mountPoints) =>
        await Assert.ThrowsAsync<FreezeException>(() => _fixture.PrepareAsync(mountPoints));

    private sealed class Unreadable : IMountSystem
    {
        public byte[] ReadMountTable() => throw new DirectoryNotFoundException("no /proc");

        public System.Runtime.InteropServices.SafeHandle? OpenFolder(string path, out Errno errno) => throw new NotSupportedException();

        public int? FindMountId(System.Runtime.InteropServices.SafeHandle folder) => throw new NotSupportedException();
    }
}
