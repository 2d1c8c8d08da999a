using System.Runtime.Versioning;
using AppConsistentSnapshot.Backends;
using AppConsistentSnapshot.Interop;
using AppConsistentSnapshot.Reports;

namespace AppConsistentSnapshot.Tests.Backends;

/// <summary>Whatever call into the kernel fails: an expected exception, and nothing left behind that is not named.</summary>
[SupportedOSPlatform("linux")]
public sealed class DiskImageFaultTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, bool> Faults => new MatrixTheoryData<string, bool>(["ENOSPC", "EIO", "EACCES", "EDQUOT", "EROFS"], [true, false]);

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Whatever_call_fails_nothing_is_left_behind_that_is_not_named(string answer, bool reflink)
    {
        var finished = false;
        var failures = 0;
        for (var failAt = 1; !finished; failAt++)
        {
            using var host = new FakeImageHost();
            host.Content.CloneAnswer = reflink ? Errno.None : Errno.EOPNOTSUPP;
            host.Plan.Arm(failAt, Enum.Parse<Errno>(answer));
            var (error, left) = await RunAsync(host);

            finished = host.Plan.Failed is null;
            failures += error is null ? 0 : 1;
            if (error is null)
            {
                Assert.Equal(2, host.OutputFiles.Count);
                Assert.Empty(left);
                continue;
            }

            Assert.NotNull(error.RecommendedAction);
            var named = error.Message + string.Concat(left.Select(item => item.Id));
            Assert.All(host.OutputFiles, name => Assert.Contains(name, named, StringComparison.Ordinal));
            Assert.True(host.OutputFiles.Count == 0 || host.Plan.Failed!.StartsWith("remove", StringComparison.Ordinal), $"{host.Plan.Failed} left {string.Join(' ', host.OutputFiles)}");
        }

        Assert.True(failures > 15, $"only {failures} calls were seen to fail");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whatever_call_fails_while_rolling_back_what_stays_is_named_and_goes_the_next_time(bool completed)
    {
        for (var failAt = 1; ; failAt++)
        {
            using var host = new FakeImageHost();
            await using var cut = await host.NewBackend().PrepareAsync(FakeImageHost.Request(), Token);
            await cut.CutAsync(Token);
            if (completed)
            {
                await cut.CompleteAsync(FakeImageHost.Reached, Token);
            }

            host.Plan.Arm(failAt, Errno.EIO);
            var left = await cut.RollBackAsync(Token);
            var done = host.Plan.Failed is null;

            Assert.All(host.OutputFiles, name => Assert.Contains(left, item => item.Id.EndsWith(name, StringComparison.Ordinal)));
            Assert.All(left, item => Assert.Equal(LeftBehindKind.OrphanSnapshot, item.Kind));
            host.Plan.Arm(0, Errno.None);
            Assert.Empty(await host.NewBackend().RecoverAsync(cut.RecoveryState, Token));
            Assert.Empty(host.OutputFiles);
            if (done)
            {
                break;
            }
        }
    }

    [Fact]
    public async Task A_completion_that_failed_can_be_repeated()
    {
        for (var failAt = 1; ; failAt++)
        {
            using var host = new FakeImageHost();
            await using var cut = await host.NewBackend().PrepareAsync(FakeImageHost.Request(), Token);
            await cut.CutAsync(Token);
            host.Plan.Arm(failAt, Errno.EAGAIN);
            try
            {
                await cut.CompleteAsync(FakeImageHost.Reached, Token);
                if (host.Plan.Failed is null)
                {
                    break;
                }
            }
            catch (SnapshotBackendException error)
            {
                Assert.True(error.IsTransient);
                Assert.InRange((await host.NewBackend().ListAsync(Token)).Count, 0, host.OutputFiles.Count - 1);
            }

            host.Plan.Arm(0, Errno.None);
            await cut.CompleteAsync(FakeImageHost.Reached, Token);
            Assert.Single(await host.NewBackend().ListAsync(Token));
        }
    }

    private static async Task<(SnapshotBackendException? Error, IReadOnlyList<LeftBehind> Left)> RunAsync(FakeImageHost host)
    {
        IPreparedCut cut;
        try
        {
            cut = await host.NewBackend(bytesPerSecond: null).PrepareAsync(FakeImageHost.Request(), Token);
        }
        catch (SnapshotBackendException error)
        {
            return (error, []);
        }

        await using (cut)
        {
            try
            {
                await cut.CutAsync(Token);
                await cut.CompleteAsync(FakeImageHost.Reached, Token);
                return (null, []);
            }
            catch (SnapshotBackendException error)
            {
                return (error, await cut.RollBackAsync(Token));
            }
        }
    }
}
