using AppConsistentSnapshot.Diagnostics;
using AppConsistentSnapshot.Interop;
using AppConsistentSnapshot.Journals;
using AppConsistentSnapshot.Recovery;
using AppConsistentSnapshot.Testing.Crashes;
using AppConsistentSnapshot.Tests.Orchestration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace AppConsistentSnapshot.Tests.Recovery;

/// <summary>What still runs of the scripts of a dead run.</summary>
public sealed class ScriptRemainsTests
{
    private static readonly string[] Pre = ["ACS_PHASE=pre", "ACS_RUN_ID=r1", "ACS_PLAN=/etc/plan.json", "PATH=/bin"];
    private static readonly string[] Post = ["ACS_PHASE=post", "ACS_RUN_ID=r1", "ACS_PLAN=/etc/plan.json"];

    private readonly RecoveryBench _bench = new();
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task A_pre_script_that_listens_gets_one_signal()
    {
        _bench.Processes.Environments[7] = Pre;
        _bench.Processes.OnSignal = (pid, _) => _bench.Processes.Environments.Remove(pid);

        Assert.Empty(await RunAsync(static remains => remains.EndPreScriptAsync()));
        Assert.Equal([(7, ProcessSignal.Terminate)], _bench.Processes.Signals);
    }

    [Fact]
    public async Task One_that_does_not_is_killed_and_one_that_cannot_be_is_named()
    {
        _bench.Processes.Environments[7] = Pre;
        _bench.Processes.Environments[8] = Pre;
        _bench.Processes.OnSignal = (pid, signal) =>
        {
            if (signal is ProcessSignal.Kill && pid == 7)
            {
                _bench.Processes.Environments.Remove(pid);
            }
        };

        Assert.Equal([8], await RunAsync(static remains => remains.EndPreScriptAsync()));
        Assert.Contains((7, ProcessSignal.Kill), _bench.Processes.Signals);
    }

    [Fact]
    public async Task Scripts_of_other_runs_and_post_scripts_are_left_alone()
    {
        _bench.Processes.Environments[7] = Post;
        _bench.Processes.Environments[8] = ["ACS_PHASE=pre", "ACS_RUN_ID=r2", "ACS_PLAN=/etc/plan.json"];

        Assert.Empty(await RunAsync(static remains => remains.EndPreScriptAsync()));
        Assert.Empty(_bench.Processes.Signals);
    }

    [Fact]
    public async Task A_post_script_that_still_runs_is_waited_for()
    {
        _bench.Processes.Environments[7] = Post;
        var waiting = RunAsync(static remains => remains.WaitForPostScriptAsync());
        Assert.False(waiting.IsCompleted);
        lock (_bench.Processes.Environments)
        {
            _bench.Processes.Environments.Clear();
        }

        Assert.True(await waiting);
        Assert.Empty(_bench.Processes.Signals);
    }

    [Fact]
    public async Task But_not_for_ever()
    {
        _bench.Processes.Environments[7] = Post;

        Assert.False(await RunAsync(static remains => remains.WaitForPostScriptAsync()));
    }

    private async Task<T> RunAsync<T>(Func<ScriptRemains, Task<T>> call)
    {
        var task = call(new ScriptRemains(
            new RecoveryParts
            {
                Options = _bench.Options,
                Home = new JournalHome(new FakeJournalFolders(_bench.Host, _bench.Self, new CrashScript()), _bench.Processes),
                BootId = _bench.BootId,
                Thaw = new FakeMountThaw(_bench.Freezer, new CrashScript()),
                Scripts = null,
                Quiet = new QuietPeriod(_time),
                TimeProvider = _time,
                Logger = NullLogger.Instance,
            },
            "r1",
            "/etc/plan.json"));
        await Clock.MoveUntilAsync(_time, task);
        return await task;
    }
}
