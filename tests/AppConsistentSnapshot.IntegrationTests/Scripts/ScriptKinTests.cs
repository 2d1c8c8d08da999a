using System.Runtime.Versioning;
using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Interop.Linux;
using AppConsistentSnapshot.IntegrationTests.Support;
using AppConsistentSnapshot.Reports;
using AppConsistentSnapshot.Scripts;

namespace AppConsistentSnapshot.IntegrationTests.Scripts;

[SupportedOSPlatform("linux")]
public sealed class ScriptKinTests
{
    // Leaves group and session, and its parent ends: only the cgroup or the marks lead to it.
    private const string Fugitive = "setsid sh -c 'echo $$ > '$D'/tmp; mv '$D'/tmp '$D'/pid; exec sleep 1000' &\nwhile [ ! -e $D/pid ]; do :; done\n";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_grandchild_of_the_pre_script_that_left_its_session_does_not_survive_the_limit(bool withCgroup)
    {
        Requires.Tool("setsid");
        using var host = new ScriptHost(withCgroup);
        var result = await host.Shell(Fugitive + "exec sleep 1000", seconds: 2);
        Assert.Equal(StepStatus.TimedOut, result.Status);
        Assert.False(ScriptHost.IsAlive(host.Pid("pid")));
        Assert.Equal(!withCgroup, result.Warnings.Any(static warning => warning.Is(ErrorCodes.CgroupUnavailable)));
    }

    [Fact]
    public async Task A_cgroup_finds_also_what_dropped_its_environment()
    {
        RequireCgroup();
        using var host = new ScriptHost();
        var result = await host.Shell(
            "sleep 1\n" + Fugitive.Replace("exec sleep", "exec env -i sleep", StringComparison.Ordinal) + "exec sleep 1000", seconds: 3);
        Assert.Equal(StepStatus.TimedOut, result.Status);
        Assert.False(ScriptHost.IsAlive(host.Pid("pid")));
    }

    [Fact]
    public async Task What_was_born_before_the_move_is_moved_too()
    {
        RequireCgroup();
        using var host = new ScriptHost();
        var result = await host.Shell(
            Fugitive + "while ! grep -q acsnap- /proc/$(cat $D/pid)/cgroup; do :; done; exit 3");
        Assert.Equal(3, result.ExitCode);
        Assert.False(ScriptHost.IsAlive(host.Pid("pid")));
        await ScriptHost.Until(() => Cgroups(host).Length == 0, "the cgroup is removed");
    }

    [Fact]
    public async Task What_a_failed_pre_script_left_is_ended()
    {
        using var host = new ScriptHost();
        var result = await host.Shell(Fugitive + "exit 3");
        Assert.Equal(3, result.ExitCode);
        Assert.False(ScriptHost.IsAlive(host.Pid("pid")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_a_successful_script_left_is_spared(bool isPost)
    {
        using var host = new ScriptHost();
        var result = await host.Shell("sleep 1000 & echo $! > $D/pid", isPost ? ScriptPhase.Post : ScriptPhase.Pre);
        Assert.Equal(StepStatus.Succeeded, result.Status);
        Assert.True(ScriptHost.IsAlive(host.Pid("pid")));
    }

    [Fact]
    public async Task At_the_limit_an_application_that_the_post_script_started_survives_but_not_its_group()
    {
        using var host = new ScriptHost();
        var result = await host.Shell(Fugitive + "sleep 1000 & echo $! > $D/child; wait", ScriptPhase.Post, seconds: 1);
        Assert.Equal(StepStatus.TimedOut, result.Status);
        Assert.True(ScriptHost.IsAlive(host.Pid("pid")));
        Assert.False(ScriptHost.IsAlive(host.Pid("child")));
    }

    [Fact]
    public async Task Ending_one_plan_spares_what_another_plan_of_the_same_run_left()
    {
        using var host = new ScriptHost(withCgroup: false);
        using var stop = new CancellationTokenSource();
        var other = host.Write($"#!/bin/sh\nsleep 1000 & echo $! > {host.Folder}/other\n", "other.sh");
        var first = await host.Run(
            new ScriptRun
            {
                Phase = ScriptPhase.Pre,
                Script = new RealScript { Command = new() { Path = other } },
                Plan = "another plan",
                RunId = host.RunId,
                Mounts = [],
                Timeout = ScriptHost.Patience,
            },
            TestContext.Current.CancellationToken);
        Assert.Equal(StepStatus.Succeeded, first.Status);

        var second = await host.Shell(Fugitive + "exec sleep 1000", seconds: 2);
        Assert.Equal(StepStatus.TimedOut, second.Status);
        Assert.False(ScriptHost.IsAlive(host.Pid("pid")));
        Assert.True(ScriptHost.IsAlive(host.Pid("other")));
    }

    [Fact]
    public async Task A_cgroup_is_gone_when_the_script_and_all_that_it_left_are()
    {
        RequireCgroup();
        using var host = new ScriptHost();
        // It waits to be moved: a script this short can be over before it is.
        var result = await host.Shell("while ! grep -q acsnap- /proc/self/cgroup; do :; done; sleep 1000 & echo $! > $D/pid", ScriptPhase.Post);
        Assert.Empty(result.Warnings);
        Assert.NotEmpty(Cgroups(host));
        using (var child = System.Diagnostics.Process.GetProcessById(host.Pid("pid")))
        {
            child.Kill();
        }

        await ScriptHost.Until(() => !ScriptHost.IsAlive(host.Pid("pid")), "the child ends");

        // The next script of the same launcher takes the empty one away.
        _ = await host.Shell("exit 0");
        await ScriptHost.Until(() => Cgroups(host).Length == 0, "the cgroups are removed");
    }

    [Fact]
    public async Task A_script_finds_itself_in_a_cgroup_of_its_own()
    {
        RequireCgroup();
        using var host = new ScriptHost();
        var result = await host.Shell("while ! grep -q acsnap- /proc/self/cgroup; do :; done; grep ^0:: /proc/self/cgroup");
        Assert.Contains("/acsnap-" + host.RunId, result.OutputTail, StringComparison.Ordinal);
        await ScriptHost.Until(() => Cgroups(host).Length == 0, "the cgroup is removed");
    }

    private static void RequireCgroup()
    {
        Requires.Root();
        var parent = CgroupLocation.Find(out var problem);
        Assert.SkipWhen(parent is null, problem);
        try
        {
            var probe = Directory.CreateDirectory($"{parent}/acs-test-probe-{Environment.ProcessId}-{Guid.NewGuid():N}");
            probe.Delete();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Assert.Skip($"needs a cgroup v2 folder to write: {exception.Message}");
        }
    }

    private static string[] Cgroups(ScriptHost host) =>
        Directory.GetDirectories(CgroupLocation.Find(out _)!, $"acsnap-{host.RunId}-*");
}
