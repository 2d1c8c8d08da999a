using AppConsistentSnapshot.Permissions;
using CsCheck;

namespace AppConsistentSnapshot.Tests.Permissions;

public sealed class GuardCallTests
{
    private static readonly string[] Parts = ["/", "//", "opt", "app", "l", "up", "..", ".", "pre.sh", "post.sh", "\0", "\ud800", "\n", "'"];
    private readonly GuardHost _host = new();

    [Fact]
    public async Task A_caller_who_gives_up_is_not_held_by_a_path_that_hangs_and_nothing_stays_open()
    {
        using var entered = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        // Else the test goes on inside the call that it waits for.
        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _host.Tree.OnCall = (call, path) =>
        {
            if (call == "read" && path == GuardHost.PostPath)
            {
                _host.Tree.OnCall = null;
                entered.Set();
                release.Wait(TimeSpan.FromSeconds(30));
                left.SetResult();
            }
        };
        var verification = _host.Guard.VerifyAsync(GuardHost.Plan(), cancellation.Token).AsTask();
        Assert.True(entered.Wait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));

        await cancellation.CancelAsync();
        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => verification);
        Assert.Equal(cancellation.Token, error.CancellationToken);

        release.Set();
        await left.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref _host.Tree.OpenHandles) == 0, TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task A_result_that_comes_too_late_is_dropped()
    {
        using var release = new ManualResetEventSlim();
        using var cancellation = new CancellationTokenSource();
        var dropped = new TaskCompletionSource<int>();
        var work = InBackground.RunAsync(
            () =>
            {
                release.Wait(TimeSpan.FromSeconds(30));
                return 7;
            },
            dropped.SetResult,
            cancellation.Token);

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work);
        release.Set();

        Assert.Equal(7, await dropped.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Cancelled_before_it_begins_it_touches_nothing()
    {
        _host.Tree.OnCall = static (call, path) => Assert.Fail($"{call} {path}");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await _host.Guard.VerifyAsync(GuardHost.Plan(), new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task Nothing_is_misuse_but_no_plan_at_all()
    {
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await _host.Guard.VerifyAsync(null!, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<ArgumentNullException>(
            async () => await _host.Guard.VerifyHostConfigurationAsync(null!, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Two_verifications_at_once_do_not_disturb_each_other()
    {
        var guard = _host.Guard;
        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => guard.VerifyAsync(GuardHost.Plan(), TestContext.Current.CancellationToken).AsTask()));

        Assert.All(results, result => Assert.Empty(result.Errors));
        Assert.Equal(16, _host.Tree.OpenHandles);
        Array.ForEach(results, result => result.Plan!.Dispose());
        _host.AssertNothingIsOpen();
    }

    [Fact]
    public void No_path_makes_it_throw_or_leaves_anything_open()
    {
        _host.Tree.AddLink("/l", "opt/./app/..");
        _host.Tree.AddLink("/opt/up", "../l/app");
        var check = new EntryCheck(_host.Tree, 0);
        var part = Gen.OneOf(
            Gen.Int[0, Parts.Length - 1].Select(static i => Parts[i]),
            Gen.String[0, 3]);

        part.Array[0, 12].Select(parts => string.Concat(parts)).Sample(path =>
        {
            using (var result = PathWalk.Run(_host.Tree, check, FileRule.Script, path))
            {
                if ((result.File is null) != (result.Findings.Count > 0))
                {
                    return false;
                }
            }

            return _host.Tree.OpenHandles == 0;
        }, threads: 1);
    }
}
