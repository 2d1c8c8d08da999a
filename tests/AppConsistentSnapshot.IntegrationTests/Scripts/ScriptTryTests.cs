using System.Runtime.Versioning;
using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Reports;
using AppConsistentSnapshot.Scripts;

namespace AppConsistentSnapshot.IntegrationTests.Scripts;

[SupportedOSPlatform("linux")]
public sealed class ScriptTryTests
{
    [Fact]
    public async Task C14_A_script_that_always_fails_runs_once_and_then_as_often_as_it_may_be_retried()
    {
        using var host = new ScriptHost();
        var result = await host.Shell("echo x >> $D/runs; exit 7", retries: 3);
        Assert.Equal(StepStatus.Failed, result.Status);
        Assert.Equal(4, host.Lines("runs").Length);
        Assert.Equal(4, result.Attempts);
        Assert.Equal(7, result.ExitCode);
        var error = Assert.Single(result.Errors);
        Assert.True(error.Is(ErrorCodes.PreScriptExecutionFailed));
        Assert.Contains("exit code 7 in try 4 of 4", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task C15_A_script_that_succeeds_at_the_second_try_succeeded()
    {
        using var host = new ScriptHost();
        var result = await host.Shell("echo x >> $D/runs; [ $(wc -l < $D/runs) -eq 2 ]", retries: 3);
        Assert.Equal(StepStatus.Succeeded, result.Status);
        Assert.Equal(2, result.Attempts);
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(2, host.Lines("runs").Length);
    }

    [Fact]
    public async Task C16_Without_retries_there_is_one_try()
    {
        using var host = new ScriptHost();
        var result = await host.Shell("echo x >> $D/runs; exit 1", ScriptPhase.Post);
        Assert.Single(host.Lines("runs"));
        Assert.True(Assert.Single(result.Errors).Is(ErrorCodes.PostScriptExecutionFailed));
    }

    [Theory]
    [InlineData(false, 308)]
    [InlineData(true, 309)]
    public async Task C17_C19_A_script_that_does_not_end_is_ended_at_its_limit(bool isPost, int code)
    {
        using var host = new ScriptHost();
        var result = await host.Shell("echo $$ > $D/pid; echo last words; exec sleep 1000", isPost ? ScriptPhase.Post : ScriptPhase.Pre, seconds: 0.5);
        Assert.Equal(StepStatus.TimedOut, result.Status);
        Assert.Equal(code, Assert.Single(result.Errors).Number);
        Assert.Equal("last words\n", result.OutputTail);
        Assert.Null(result.ExitCode);
        Assert.False(ScriptHost.IsAlive(host.Pid("pid")));
        Assert.Empty(result.LeftBehind);
    }

    [Fact]
    public async Task All_tries_share_one_limit()
    {
        using var host = new ScriptHost();
        var result = await host.Shell("echo x >> $D/runs; [ $(wc -l < $D/runs) -gt 2 ] && exec sleep 1000; exit 1", retries: 100, seconds: 2);
        Assert.Equal(StepStatus.TimedOut, result.Status);
        Assert.Equal(3, result.Attempts);
        Assert.Equal(3, host.Lines("runs").Length);
    }

    [Fact]
    public async Task Cancelling_ends_the_script_and_is_no_time_out()
    {
        using var host = new ScriptHost();
        using var stop = new CancellationTokenSource();
        var running = host.Shell("echo $$ > $D/tmp; mv $D/tmp $D/pid; exec sleep 1000", stop: stop.Token);
        await ScriptHost.Until(() => File.Exists(host.PathOf("pid")), "the script runs");
        await stop.CancelAsync();
        var result = await running;
        Assert.Equal(StepStatus.Cancelled, result.Status);
        Assert.Empty(result.Errors);
        Assert.False(ScriptHost.IsAlive(host.Pid("pid")));
    }

    [Fact]
    public async Task A_script_that_ignores_SIGTERM_is_killed_after_the_grace_period()
    {
        using var host = new ScriptHost { Options = new(TimeSpan.FromSeconds(0.2), default, TimeSpan.Zero) };
        var result = await host.Shell("trap '' TERM; echo $$ > $D/pid; while :; do sleep 1000; done", seconds: 0.5);
        Assert.Equal(StepStatus.TimedOut, result.Status);
        Assert.False(ScriptHost.IsAlive(host.Pid("pid")));
        Assert.Empty(result.LeftBehind);
    }

    [Fact]
    public async Task A_script_may_clean_up_in_the_grace_period_and_what_it_starts_for_that_is_spared()
    {
        using var host = new ScriptHost();
        var result = await host.Shell(
            "trap 'sh -c \"sleep 0.3; echo done > $D/cleaned\"; exit 1' TERM\nsleep 1000 & wait", seconds: 0.5);
        Assert.Equal(StepStatus.TimedOut, result.Status);
        Assert.Equal(["done"], host.Lines("cleaned"));
    }

    [Fact]
    public async Task A_signal_from_outside_is_named()
    {
        using var host = new ScriptHost();
        var result = await host.Shell("kill -9 $$");
        Assert.Equal(StepStatus.Failed, result.Status);
        Assert.Null(result.ExitCode);
        Assert.Contains("SIGKILL", Assert.Single(result.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_try_of_a_post_script_leaves_no_second_one_beside_the_next()
    {
        using var host = new ScriptHost();
        var result = await host.Shell(
            "[ -e $D/pid ] && { ! grep -q '^State:.[^ZX]' /proc/$(cat $D/pid)/status; exit; }\nsleep 1000 & echo $! > $D/pid; exit 1", ScriptPhase.Post, retries: 1);
        Assert.Equal(StepStatus.Succeeded, result.Status);
        Assert.Equal(2, result.Attempts);
        Assert.False(ScriptHost.IsAlive(host.Pid("pid")));
    }
}
