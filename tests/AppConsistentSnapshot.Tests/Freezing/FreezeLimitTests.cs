using AppConsistentSnapshot.Freezing;
using AppConsistentSnapshot.Interop;
using AppConsistentSnapshot.Reports;
using AppConsistentSnapshot.Testing.Kernel;

namespace AppConsistentSnapshot.Tests.Freezing;

public sealed class FreezeLimitTests
{
    private readonly FreezeFixture _fixture = new();

    private FakeKernel Kernel => _fixture.Kernel;

    [Fact]
    public async Task The_limit_thaws_and_says_so()
    {
        Kernel.Add("/a");
        Kernel.Add("/b");
        await using var lease = await _fixture.FreezeAsync("/a", "/b");
        var expired = new TaskCompletionSource();
        await using var registration = lease.Expired.Register(expired.SetResult);

        _fixture.Time.Advance(FreezeFixture.Limit - TimeSpan.FromMilliseconds(1));
        Assert.Equal(["/a", "/b"], Kernel.FrozenByUs);
        Assert.False(lease.Expired.IsCancellationRequested);
        _fixture.Time.Advance(TimeSpan.FromMilliseconds(1));

        Kernel.WaitUntil(kernel => kernel.FrozenByUs.Count == 0);
        await FreezeFixture.Bounded(expired.Task);
        Assert.False(await lease.VerifyHeldAsync());
        var result = await FreezeFixture.Bounded(lease.ThawAsync().AsTask());
        Assert.True(result.EndedByLimit);
        Assert.False(result.HeldThroughout);
        Assert.Equal(FreezeFixture.Limit, result.Window);
        Assert.Equal(["/a", "/b"], _fixture.Successful("thaw").Order());
        Assert.DoesNotContain(Kernel.Calls, call => call.Errno != Errno.None);
    }

    [Fact]
    public async Task A_thaw_and_the_limit_at_the_same_moment_thaw_once()
    {
        for (var round = 0; round < 50; round++)
        {
            var fixture = new FreezeFixture();
            fixture.Kernel.Add("/a");
            var lease = await fixture.FreezeAsync("/a");

            await FreezeFixture.Bounded(Task.WhenAll(
                Task.Run(() => fixture.Time.Advance(FreezeFixture.Limit), FreezeFixture.Token),
                Task.Run(async () => await lease.ThawAsync(), FreezeFixture.Token),
                Task.Run(async () => await lease.ThawAsync(), FreezeFixture.Token)));

            fixture.AssertNothingIsLeft();
            Assert.Single(fixture.Kernel.Calls, call => call.Operation == "thaw");
            Assert.Same(await lease.ThawAsync(), await lease.ThawAsync());
        }
    }

    [Fact]
    public async Task A_freeze_that_blocks_until_another_is_thawed_is_ended_by_the_limit_and_leaves_nothing()
    {
        // F14: the outer file system frozen before the one that lies on it. The fake's table hides the relation, so that both share a level.
        var outer = Kernel.Add("/outer");
        var inner = Kernel.AddLoop("/inner", outer);
        inner.BackingFile = null;
        var late = inner.Freezes.Hang();
        await using var prepared = await _fixture.PrepareAsync("/outer", "/inner");

        var freeze = prepared.FreezeAsync(FreezeFixture.Limit, FreezeFixture.Token).AsTask();
        late.WaitUntilEntered();
        Kernel.WaitUntil(kernel => kernel.FrozenByUs.Contains("/outer"));
        late.LetGo();
        _fixture.Time.Advance(FreezeFixture.Limit);

        var failure = await Assert.ThrowsAsync<FreezeException>(() => FreezeFixture.Bounded(freeze));
        Assert.Contains(failure.Errors, error => error is { Number: 122, Subject: "/inner" } && error.Message.Contains("within 10 s", StringComparison.Ordinal));
        Assert.Empty(failure.LeftBehind);
        Assert.Equal(["/inner", "/outer"], _fixture.Successful("thaw").Order());
        await prepared.DisposeAsync();
        _fixture.AssertNothingIsLeft();
    }

    [Theory]
    [InlineData(Errno.None)]
    [InlineData(Errno.EIO)]
    internal async Task What_still_blocks_at_the_end_is_left_behind_and_thaws_itself_later(Errno answer)
    {
        Kernel.Add("/a");
        var hang = Kernel.Add("/it's").Freezes.Hang(answer);
        var prepared = await _fixture.PrepareAsync("/a", "/it's");

        var freeze = prepared.FreezeAsync(FreezeFixture.Limit, FreezeFixture.Token).AsTask();
        hang.WaitUntilEntered();
        Kernel.WaitUntil(kernel => kernel.FrozenByUs.Contains("/a"));
        _fixture.Time.Advance(FreezeFixture.Limit);
        Kernel.WaitUntil(kernel => kernel.FrozenByUs.Count == 0);
        _fixture.Time.Advance(FreezeEngine.BlockedPatience);

        var failure = await Assert.ThrowsAsync<FreezeException>(() => FreezeFixture.Bounded(freeze));
        Assert.Equal(122, failure.Errors[0].Number);
        var left = failure.LeftBehind.Single(item => item.Id == "/it's");
        Assert.Equal(LeftBehindKind.FrozenMount, left.Kind);
        Assert.Contains(@"fsfreeze -u '/it'\''s'", left.Remedy, StringComparison.Ordinal);
        await prepared.DisposeAsync();
        hang.LetGo();
        Kernel.WaitUntil(kernel => kernel.Calls.Count(call => call.MountPoint == "/it's") == (answer == Errno.None ? 2 : 1));
        _fixture.AssertNothingIsLeft();
    }

    [Fact]
    public async Task A_caller_who_gives_up_gets_everything_thawed_first()
    {
        Kernel.Add("/a");
        var hang = Kernel.Add("/b").Freezes.Hang();
        await using var prepared = await _fixture.PrepareAsync("/a", "/b");
        using var caller = new CancellationTokenSource();

        var freeze = prepared.FreezeAsync(FreezeFixture.Limit, caller.Token).AsTask();
        hang.WaitUntilEntered();
        Kernel.WaitUntil(kernel => kernel.FrozenByUs.Contains("/a"));
        await caller.CancelAsync();
        Kernel.WaitUntil(kernel => kernel.FrozenByUs.Count == 0);
        hang.LetGo();

        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => FreezeFixture.Bounded(freeze));
        Assert.Equal(caller.Token, error.CancellationToken);
        Assert.Empty(Kernel.FrozenByUs);
        _fixture.Kernel.WaitUntil(kernel => kernel.Calls.Count == 4);
    }

    [Fact]
    public async Task A_caller_who_gives_up_while_one_blocks_for_good_learns_what_is_left_behind()
    {
        var hang = Kernel.Add("/a").Freezes.Hang();
        await using var prepared = await _fixture.PrepareAsync("/a");
        using var caller = new CancellationTokenSource();

        var freeze = prepared.FreezeAsync(FreezeFixture.Limit, caller.Token).AsTask();
        hang.WaitUntilEntered();
        await caller.CancelAsync();
        _fixture.Time.Advance(FreezeEngine.BlockedPatience);

        var failure = await Assert.ThrowsAsync<FreezeException>(() => FreezeFixture.Bounded(freeze));
        Assert.Equal("/a", failure.LeftBehind.Single().Id);
        Assert.Equal(122, failure.Errors.Single().Number);
        hang.LetGo();
        Kernel.WaitUntil(kernel => kernel.Calls.Count == 2);
    }

    [Fact]
    public async Task Cancelled_before_it_began_touches_nothing()
    {
        Kernel.Add("/a");
        await using var prepared = await _fixture.PrepareAsync("/a");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => prepared.FreezeAsync(FreezeFixture.Limit, new CancellationToken(canceled: true)).AsTask());
        Assert.Empty(Kernel.Calls);
    }

    [Fact]
    public async Task The_limit_needs_no_pool_thread_and_no_timer()
    {
        // The real clock, but a timer queue that never fires, as with an exhausted pool.
        Kernel.Add("/a");
        var controller = new FreezeController(Kernel, Kernel, Kernel, new FreezeEngineFactory(Kernel, new TimersNeverFire()), _fixture.Logs);
        await using var prepared = await controller.PrepareAsync(["/a"], FreezeFixture.Token);

        await using var lease = await prepared.FreezeAsync(TimeSpan.FromMilliseconds(50), FreezeFixture.Token);
        Kernel.WaitUntil(kernel => kernel.FrozenByUs.Count == 0);

        Assert.True((await lease.ThawAsync()).EndedByLimit);
    }

    private sealed class TimersNeverFire : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(static _ => { }, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
