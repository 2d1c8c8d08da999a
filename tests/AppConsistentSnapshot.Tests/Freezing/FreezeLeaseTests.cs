using AppConsistentSnapshot.Freezing;
using AppConsistentSnapshot.Interop;
using AppConsistentSnapshot.Reports;
using AppConsistentSnapshot.Testing.Kernel;

namespace AppConsistentSnapshot.Tests.Freezing;

public sealed class FreezeLeaseTests
{
    private readonly FreezeFixture _fixture = new();

    private FakeKernel Kernel => _fixture.Kernel;

    [Fact]
    public async Task Held_throughout_needs_a_probe_and_a_thaw_that_found_it_frozen()
    {
        AddTwo();
        await using var lease = await _fixture.FreezeAsync("/a", "/b");

        Assert.True(await lease.VerifyHeldAsync());
        Assert.True(await lease.VerifyHeldAsync());
        Assert.Equal(["/a", "/b"], Kernel.FrozenByUs);

        Assert.True((await lease.ThawAsync()).HeldThroughout);
        Assert.Equal(4, Kernel.Calls.Count(call => call.Errno == Errno.EBUSY));
    }

    [Theory]
    [InlineData("/a")]
    [InlineData("/b")]
    public async Task A_probe_that_finds_it_thawed_undoes_its_own_freeze_once_and_tells(string lost)
    {
        AddTwo();
        await using var lease = await _fixture.FreezeAsync("/a", "/b");
        Kernel.FileSystems.Single(fileSystem => fileSystem.Name == lost).ThawBySomebodyElse();

        Assert.False(await lease.VerifyHeldAsync());
        Assert.DoesNotContain(lost, Kernel.FrozenByUs);
        Assert.False(await lease.VerifyHeldAsync());
        var result = await lease.ThawAsync();

        Assert.False(result.HeldThroughout);
        Assert.Equal((907, lost), (result.Errors.Single().Number, result.Errors[0].Subject));
        Assert.Equal(MountStatus.Failed, result.Mounts.Single(mount => mount.Path == lost).Status);
        Assert.Equal(1, Kernel.Calls.Count(call => call.Operation == "thaw" && call.MountPoint == lost));
        Assert.Empty(result.LeftBehind);
        _fixture.AssertNothingIsLeft();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_thaw_that_finds_it_thawed_tells_even_after_a_good_probe(bool probe)
    {
        AddTwo()[0].Thaws.Fail(Errno.EINVAL);
        await using var lease = await _fixture.FreezeAsync("/a", "/b");
        Assert.True(!probe || await lease.VerifyHeldAsync());
        Kernel.FileSystems[1].ThawBySomebodyElse();

        var result = await lease.ThawAsync();

        Assert.False(result.HeldThroughout);
        Assert.Equal(907, result.Errors.Single().Number);
        Assert.Empty(result.LeftBehind);
    }

    [Fact]
    public async Task A_probe_that_gets_no_answer_proves_nothing()
    {
        var a = AddTwo()[0];
        a.Freezes.Pass();
        a.Freezes.Fail(Errno.EIO);
        await using var lease = await _fixture.FreezeAsync("/a", "/b");

        Assert.False(await lease.VerifyHeldAsync());
        var result = await lease.ThawAsync();

        Assert.False(result.HeldThroughout);
        Assert.Equal((907, 5), (result.Errors.Single().Number, result.Errors[0].Errno));
        _fixture.AssertNothingIsLeft();
    }

    [Fact]
    public async Task A_probe_that_blocks_is_answered_at_the_limit_and_undone_when_it_returns()
    {
        var a = AddTwo()[0];
        a.Freezes.Pass();
        var hang = a.Freezes.Hang();
        await using var lease = await _fixture.FreezeAsync("/a", "/b");
        a.ThawBySomebodyElse();

        var verify = lease.VerifyHeldAsync().AsTask();
        hang.WaitUntilEntered();
        _fixture.Time.Advance(FreezeFixture.Limit);
        Assert.False(await FreezeFixture.Bounded(verify));
        Kernel.WaitUntil(kernel => kernel.FrozenByUs.Count == 0);
        hang.LetGo();

        var result = await FreezeFixture.Bounded(lease.ThawAsync().AsTask());
        Assert.False(result.HeldThroughout);
        _fixture.AssertNothingIsLeft();
    }

    [Theory]
    [InlineData(Errno.EIO)]
    [InlineData(Errno.EPERM)]
    internal async Task A_thaw_that_fails_is_left_behind_with_the_command_that_mends_it_and_is_not_tried_again(Errno errno)
    {
        var a = AddTwo()[0];
        a.Thaws.Fail(errno);
        await using var lease = await _fixture.FreezeAsync("/a", "/b");
        Assert.True(await lease.VerifyHeldAsync());

        var result = await lease.ThawAsync();

        Assert.Null(result.HeldThroughout);
        Assert.Equal((908, (int)errno), (result.Errors.Single().Number, result.Errors[0].Errno));
        Assert.Equal("fsfreeze -u '/a'", result.LeftBehind.Single().Remedy);
        Assert.Equal(1, Kernel.Calls.Count(call => call.Operation == "thaw" && call.MountPoint == "/a"));
        Assert.Equal(["/a"], Kernel.FrozenByUs);
    }

    [Fact]
    public async Task A_thaw_that_blocks_keeps_neither_the_others_nor_the_caller()
    {
        var outer = Kernel.Add("/outer");
        Kernel.AddLoop("/inner", outer);
        var hang = outer.Thaws.Hang();
        await using var lease = await _fixture.FreezeAsync("/outer", "/inner");

        var thaw = lease.ThawAsync().AsTask();
        hang.WaitUntilEntered();
        _fixture.Time.Advance(FreezeEngine.OrderPatience);
        Kernel.WaitUntil(kernel => !kernel.FrozenByUs.Contains("/inner"));
        _fixture.Time.Advance(FreezeEngine.BlockedPatience);
        var result = await FreezeFixture.Bounded(thaw);

        Assert.Contains(result.LeftBehind, left => left.Id == "/outer");
        Assert.Contains(result.Errors, error => error is { Number: 908, Subject: "/outer" });
        Assert.Null(result.HeldThroughout);
        hang.LetGo();
        _fixture.AssertNothingIsLeft();
        Assert.True(SpinWait.SpinUntil(() => _fixture.Logs.LatestRecord.Message.Contains("come to rest", StringComparison.Ordinal), TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task Times_are_those_of_the_clock()
    {
        AddTwo();
        var start = _fixture.Time.GetUtcNow();
        await using var lease = await _fixture.FreezeAsync("/a", "/b");
        _fixture.Time.Advance(TimeSpan.FromSeconds(3));

        var result = await lease.ThawAsync();

        Assert.Equal(start, lease.FrozenAt);
        Assert.Equal(start.AddSeconds(3), result.ThawStartedAt);
        Assert.Equal(TimeSpan.FromSeconds(3), result.Window);
    }

    [Fact]
    public async Task Disposing_thaws()
    {
        AddTwo();
        var lease = await _fixture.FreezeAsync("/a", "/b");

        await FreezeFixture.Bounded(lease.DisposeAsync().AsTask());
        await lease.DisposeAsync();

        Assert.Equal(2, _fixture.Successful("thaw").Count);
        Assert.False(await lease.VerifyHeldAsync());
        _fixture.AssertNothingIsLeft();
    }

    [Fact]
    public async Task Many_probes_at_once_are_all_answered()
    {
        AddTwo();
        await using var lease = await _fixture.FreezeAsync("/a", "/b");

        var answers = await FreezeFixture.Bounded(Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => Task.Run(async () => await lease.VerifyHeldAsync(), FreezeFixture.Token))));

        Assert.All(answers, Assert.True);
        Assert.True((await lease.ThawAsync()).HeldThroughout);
    }

    private List<FakeFileSystem> AddTwo() => [Kernel.Add("/a"), Kernel.Add("/b")];
}
