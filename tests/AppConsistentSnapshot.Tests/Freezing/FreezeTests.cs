using AppConsistentSnapshot.Freezing;
using AppConsistentSnapshot.Interop;
using AppConsistentSnapshot.Reports;
using AppConsistentSnapshot.Testing.Kernel;

namespace AppConsistentSnapshot.Tests.Freezing;

public sealed class FreezeTests
{
    private static readonly string[] Three = ["/a", "/b", "/c"];

    private readonly FreezeFixture _fixture = new();

    private FakeKernel Kernel => _fixture.Kernel;

    public static TheoryData<string, string> ErrorsAtEveryPosition()
    {
        var data = new TheoryData<string, string>();
        foreach (var errno in new[] { Errno.EBUSY, Errno.EPERM, Errno.EOPNOTSUPP, Errno.ENOTTY, Errno.EIO, Errno.EINVAL, Errno.ENOMEM, Errno.EROFS, (Errno)999 })
        {
            foreach (var path in Three)
            {
                data.Add(errno.ToString(), path);
            }
        }

        return data;
    }

    [Fact]
    public async Task Freezes_each_once_and_thaws_each_once()
    {
        AddThree();

        await using var lease = await _fixture.FreezeAsync(Three);
        Assert.Equal(Three, Kernel.FrozenByUs);
        Assert.All(lease.Mounts, mount => Assert.Equal(MountStatus.Frozen, mount.Status));
        var result = await FreezeFixture.Bounded(lease.ThawAsync().AsTask());

        Assert.Empty(result.Errors);
        Assert.Empty(result.LeftBehind);
        Assert.False(result.EndedByLimit);
        Assert.Null(result.HeldThroughout);
        Assert.Equal(Three, _fixture.Successful("freeze").Order());
        Assert.Equal(Three, _fixture.Successful("thaw").Order());
        _fixture.AssertNothingIsLeft();
    }

    [Fact]
    public async Task Freezes_those_of_one_level_at_the_same_time()
    {
        var hangs = AddThree().Select(fileSystem => fileSystem.Freezes.Hang()).ToList();

        var freeze = _fixture.FreezeAsync(Three);
        hangs.ForEach(hang => hang.WaitUntilEntered());
        hangs.ForEach(hang => hang.LetGo());

        await using var lease = await FreezeFixture.Bounded(freeze);
        Assert.Equal(3, lease.Mounts.Count);
    }

    [Fact]
    public async Task Freezes_the_inner_ones_first_and_thaws_them_last()
    {
        var outer = Kernel.Add("/outer");
        var inner = Kernel.AddLoop("/inner", outer);
        Kernel.AddLoop("/innermost", inner);

        await (await _fixture.FreezeAsync("/outer", "/inner", "/innermost")).DisposeAsync();

        Assert.Equal(["/innermost", "/inner", "/outer"], _fixture.Successful("freeze"));
        Assert.Equal(["/outer", "/inner", "/innermost"], _fixture.Successful("thaw"));
    }

    [Theory]
    [MemberData(nameof(ErrorsAtEveryPosition))]
    public async Task One_failure_thaws_all_others_and_nothing_else(string errno, string path)
    {
        AddThree().Single(fileSystem => fileSystem.Name == path).Freezes.Fail(Enum.Parse<Errno>(errno));

        var failure = await FailAsync(Three);

        Assert.Equal(path, failure.Errors.Single().Subject);
        Assert.Equal((int)Enum.Parse<Errno>(errno), failure.Errors[0].Errno);
        Assert.Empty(failure.LeftBehind);
        Assert.Equal(MountStatus.Failed, failure.Mounts.Single(mount => mount.Path == path).Status);
        Assert.Equal(_fixture.Successful("freeze").Order(), Kernel.Calls.Where(call => call.Operation == "thaw").Select(call => call.MountPoint).Order());
        _fixture.AssertNothingIsLeft();
    }

    [Theory]
    [InlineData("/innermost", 0)]
    [InlineData("/inner", 1)]
    [InlineData("/outer", 2)]
    public async Task A_failure_at_any_level_leaves_the_later_ones_untouched(string path, int frozenBefore)
    {
        var outer = Kernel.Add("/outer");
        var inner = Kernel.AddLoop("/inner", outer);
        Kernel.AddLoop("/innermost", inner);
        Kernel.FileSystems.Single(fileSystem => fileSystem.Name == path).Freezes.Fail(Errno.EIO);

        var failure = await FailAsync("/outer", "/inner", "/innermost");

        Assert.Equal(frozenBefore, _fixture.Successful("freeze").Count);
        Assert.Equal(2 - frozenBefore, failure.Mounts.Count(mount => mount.Status == MountStatus.Skipped));
        _fixture.AssertNothingIsLeft();
    }

    [Theory]
    [InlineData("/a")]
    [InlineData("/b")]
    [InlineData("/c")]
    public async Task What_somebody_else_froze_is_left_alone_and_named(string path)
    {
        var foreign = AddThree().Single(fileSystem => fileSystem.Name == path);
        foreign.FreezeBySomebodyElse();

        var error = (await FailAsync(Three)).Errors.Single();

        Assert.Equal((121, 16, path), (error.Number, error.Errno, error.Subject));
        Assert.Contains("somebody else froze it", error.Message, StringComparison.Ordinal);
        Assert.Contains($"fsfreeze -u '{path}'", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(FakeHolder.SomebodyElse, foreign.Holder);
        Assert.DoesNotContain(Kernel.Calls, call => call.Operation == "thaw" && call.MountPoint == path);
        _fixture.AssertNothingIsLeft();
    }

    [Theory]
    [InlineData(Errno.EPERM, 900)]
    [InlineData(Errno.EOPNOTSUPP, 902)]
    [InlineData(Errno.EIO, 121)]
    internal async Task Each_answer_has_its_code(Errno errno, int number)
    {
        Kernel.Add("/a").Freezes.Fail(errno);

        Assert.Equal(number, (await FailAsync("/a")).Errors.Single().Number);
    }

    [Fact]
    public async Task Two_failures_are_both_reported()
    {
        var fileSystems = AddThree();
        var first = fileSystems[0].Freezes.Hang(Errno.EIO);
        var second = fileSystems[1].Freezes.Hang(Errno.EPERM);
        await using var prepared = await _fixture.PrepareAsync(Three);

        var freeze = prepared.FreezeAsync(FreezeFixture.Limit, FreezeFixture.Token).AsTask();
        first.WaitUntilEntered();
        second.WaitUntilEntered();
        second.LetGo();
        Kernel.WaitUntil(kernel => kernel.Calls.Any(call => call.Errno == Errno.EPERM));
        first.LetGo();

        var failure = await Assert.ThrowsAsync<FreezeException>(() => FreezeFixture.Bounded(freeze));
        Assert.Equal(["/a", "/b"], failure.Errors.Select(error => error.Subject).Order());
    }

    [Fact]
    public async Task One_that_is_still_freezing_when_another_fails_is_thawed_when_it_returns()
    {
        var fileSystems = AddThree();
        var hang = fileSystems[0].Freezes.Hang();
        fileSystems[1].Freezes.Precede(hang.WaitUntilEntered);
        fileSystems[1].Freezes.Pass();
        fileSystems[2].Freezes.Precede(hang.WaitUntilEntered);
        fileSystems[2].FreezeBySomebodyElse();
        await using var prepared = await _fixture.PrepareAsync(Three);

        var freeze = prepared.FreezeAsync(FreezeFixture.Limit, FreezeFixture.Token).AsTask();
        Kernel.WaitUntil(kernel => kernel.Calls.Any(call => call.Errno == Errno.EBUSY));
        hang.LetGo();

        var failure = await Assert.ThrowsAsync<FreezeException>(() => FreezeFixture.Bounded(freeze));
        Assert.Empty(failure.LeftBehind);
        Assert.Equal(121, failure.Errors.Single().Number);
        await prepared.DisposeAsync();
        _fixture.AssertNothingIsLeft();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_mount_that_changed_since_it_was_prepared_is_not_frozen(bool isCovered)
    {
        AddThree();
        await using var prepared = await _fixture.PrepareAsync(Three);
        if (isCovered)
        {
            Kernel.Add("/b");
        }
        else
        {
            Kernel.Unmount("/b");
        }

        var failure = await Assert.ThrowsAsync<FreezeException>(
            () => prepared.FreezeAsync(FreezeFixture.Limit, FreezeFixture.Token).AsTask());

        Assert.Equal((905, "/b"), (failure.Errors.Single().Number, failure.Errors[0].Subject));
        Assert.Empty(Kernel.Calls);
    }

    [Fact]
    public async Task A_prepared_freeze_can_be_used_again_after_a_failure()
    {
        Kernel.Add("/a").Freezes.Fail(Errno.EIO);
        await using var prepared = await _fixture.PrepareAsync("/a");
        await Assert.ThrowsAsync<FreezeException>(() => prepared.FreezeAsync(FreezeFixture.Limit, FreezeFixture.Token).AsTask());

        await using (await prepared.FreezeAsync(FreezeFixture.Limit, FreezeFixture.Token))
        {
            Assert.Equal(["/a"], Kernel.FrozenByUs);
        }

        Assert.Empty(Kernel.FrozenByUs);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(60.001)]
    public async Task A_limit_that_is_none_is_misuse(double seconds)
    {
        Kernel.Add("/a");
        await using var prepared = await _fixture.PrepareAsync("/a");

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => prepared.FreezeAsync(TimeSpan.FromSeconds(seconds), FreezeFixture.Token).AsTask());
        Assert.Empty(Kernel.Calls);
    }

    [Fact]
    public async Task After_disposal_nothing_freezes()
    {
        Kernel.Add("/a");
        var prepared = await _fixture.PrepareAsync("/a");
        await prepared.DisposeAsync();
        await prepared.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => prepared.FreezeAsync(FreezeFixture.Limit, FreezeFixture.Token).AsTask());
        _fixture.AssertNothingIsLeft();
    }

    [Fact]
    public async Task Nothing_is_logged_while_something_is_frozen()
    {
        AddThree();
        var lease = await _fixture.FreezeAsync(Three);
        var before = _fixture.Logs.Collector.Count;
        await lease.VerifyHeldAsync();
        Assert.Equal(before, _fixture.Logs.Collector.Count);

        await lease.DisposeAsync();
        Assert.Contains("thawed", _fixture.Logs.LatestRecord.Message, StringComparison.Ordinal);
    }

    private List<FakeFileSystem> AddThree() => [.. Three.Select(path => Kernel.Add(path))];

    private async Task<FreezeException> FailAsync(params string[] mountPoints) =>
        await Assert.ThrowsAsync<FreezeException>(() => _fixture.FreezeAsync(mountPoints));
}
