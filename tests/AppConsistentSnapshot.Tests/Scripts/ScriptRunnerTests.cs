using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Interop;
using AppConsistentSnapshot.Participants;
using AppConsistentSnapshot.Reports;
using AppConsistentSnapshot.Scripts;

namespace AppConsistentSnapshot.Tests.Scripts;

public sealed class ScriptRunnerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly ScriptScene _scene = new();

    [Fact]
    public async Task Succeeds_by_exit_code_zero_and_ends_nothing()
    {
        using var process = new FakeProcess();
        process.Exit(0);
        _scene.Launcher.Then(process);
        var result = await Within(_scene.Run(_scene.Script(retries: 3)));
        Assert.Equal(StepStatus.Succeeded, result.Status);
        Assert.Equal(1, result.Attempts);
        Assert.Equal(0, result.ExitCode);
        Assert.Empty(process.Signals);
        Assert.True(process.IsDisposed);
    }

    [Fact]
    public async Task Tries_again_until_it_succeeds_and_keeps_what_all_tries_wrote()
    {
        _scene.Launcher.ThenExit(1, "one\n").ThenExit(2, "two\n").ThenExit(0, "three\n");
        var result = await Within(_scene.Run(_scene.Script(retries: 5)));
        Assert.Equal(StepStatus.Succeeded, result.Status);
        Assert.Equal(3, result.Attempts);
        Assert.Equal("one\ntwo\nthree\n", result.OutputTail);
    }

    [Fact]
    public async Task Fails_with_the_last_exit_code_when_no_try_is_left()
    {
        _scene.Launcher.ThenExit(1).ThenExit(2);
        var result = await Within(_scene.Run(_scene.Script(ScriptPhase.Post, retries: 1)));
        Assert.Equal(StepStatus.Failed, result.Status);
        Assert.Equal(2, result.ExitCode);
        var error = Assert.Single(result.Errors);
        Assert.True(error.Is(ErrorCodes.PostScriptExecutionFailed));
        Assert.Equal("/opt/script.sh", error.Path);
        Assert.Equal("/etc/plan.json", error.Subject);
    }

    [Fact]
    public async Task Names_the_signal_that_ended_it()
    {
        using var process = new FakeProcess();
        process.ExitBy(11);
        _scene.Launcher.Then(process);
        var result = await Within(_scene.Run(_scene.Script()));
        Assert.Null(result.ExitCode);
        Assert.Contains("SIGSEGV (signal 11)", Assert.Single(result.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task C20_The_limit_is_the_limit()
    {
        using var process = new FakeProcess();
        _scene.Launcher.Then(process);
        var running = _scene.Run(_scene.Script(seconds: 10));
        _scene.Advance(9.999);
        Assert.Empty(process.Signals);
        _scene.Advance(0.001);
        var result = await Within(running);
        Assert.Equal(StepStatus.TimedOut, result.Status);
        Assert.True(Assert.Single(result.Errors).Is(ErrorCodes.PreScriptTimeout));
        Assert.Equal([(ProcessSignal.Terminate, EndScope.Everything)], process.Signals);
    }

    [Fact]
    public async Task All_tries_together_have_one_limit()
    {
        using var first = new FakeProcess();
        using var second = new FakeProcess();
        _scene.Launcher.Then(first).Then(second);
        var running = _scene.Run(_scene.Script(retries: 5, seconds: 30));
        _scene.Advance(20);
        first.Exit(1);
        await Within(_scene.Launcher.Launched(2).Task);
        _scene.Advance(10);
        var result = await Within(running);
        Assert.Equal(StepStatus.TimedOut, result.Status);
        Assert.Equal(2, result.Attempts);
        Assert.Null(result.ExitCode);
        Assert.Contains("2 of 6 tries", Assert.Single(result.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asks_waits_the_grace_period_and_kills()
    {
        using var process = new FakeProcess { EndsBy = ProcessSignal.Kill };
        _scene.Launcher.Then(process);
        var running = _scene.Run(_scene.Script(ScriptPhase.Post));
        _scene.Advance(30);
        await Within(process.Terminated);
        _scene.Advance(ScriptScene.Grace.TotalSeconds - 0.001);
        Assert.False(process.Killed.IsCompleted);
        _scene.Advance(0.001);
        var result = await Within(running);
        Assert.True(Assert.Single(result.Errors).Is(ErrorCodes.PostScriptTimeout));
        Assert.Equal([(ProcessSignal.Terminate, EndScope.Group), (ProcessSignal.Kill, EndScope.Group)], process.Signals);
        Assert.Empty(result.LeftBehind);
    }

    [Fact]
    public async Task Goes_on_without_a_process_that_cannot_be_killed_and_says_so()
    {
        using var process = new FakeProcess { EndsBy = null, Id = 99 };
        _scene.Launcher.Then(process);
        var running = _scene.Run(_scene.Script());
        _scene.Advance(30);
        await Within(process.Terminated);
        _scene.Advance(5);
        await Within(process.Killed);
        _scene.Advance(5);
        var result = await Within(running);
        Assert.Equal(StepStatus.TimedOut, result.Status);
        var left = Assert.Single(result.LeftBehind);
        Assert.Equal((LeftBehindKind.RunningProcess, "99"), (left.Kind, left.Id));
    }

    [Fact]
    public async Task A_cancelled_pre_script_is_ended_and_is_no_time_out()
    {
        using var stop = new CancellationTokenSource();
        using var process = new FakeProcess();
        _scene.Launcher.Then(process);
        var running = _scene.Run(_scene.Script(retries: 3), stop.Token);
        await stop.CancelAsync();
        var result = await Within(running);
        Assert.Equal(StepStatus.Cancelled, result.Status);
        Assert.Empty(result.Errors);
        Assert.Equal(1, result.Attempts);
        Assert.Equal([(ProcessSignal.Terminate, EndScope.Everything)], process.Signals);
    }

    [Fact]
    public async Task Nothing_is_started_for_who_has_already_given_up()
    {
        var result = await Within(_scene.Run(_scene.Script(), new CancellationToken(canceled: true)));
        Assert.Equal(StepStatus.Cancelled, result.Status);
        Assert.Equal(0, result.Attempts);
        Assert.Empty(_scene.Launcher.Requests);
    }

    [Fact]
    public async Task A_post_script_at_its_deadline_has_timed_out()
    {
        using var deadline = new CancellationTokenSource();
        using var process = new FakeProcess();
        _scene.Launcher.Then(process);
        var running = _scene.Run(_scene.Script(ScriptPhase.Post), deadline.Token);
        await deadline.CancelAsync();
        var result = await Within(running);
        Assert.Equal(StepStatus.TimedOut, result.Status);
        Assert.True(Assert.Single(result.Errors).Is(ErrorCodes.PostScriptTimeout));
    }

    [Fact]
    public async Task A_script_that_ended_at_the_moment_of_its_limit_has_ended()
    {
        using var process = new FakeProcess();
        var starting = new TaskCompletionSource<LaunchResult>();
        _scene.Launcher.Then(starting.Task);
        var running = _scene.Run(_scene.Script());
        process.Exit(0);
        starting.SetResult(new LaunchResult { Process = process });
        _scene.Advance(30);
        var result = await Within(running);
        Assert.Equal(StepStatus.Succeeded, result.Status);
        Assert.Empty(process.Signals);
    }

    [Theory]
    [InlineData(false, 2)]
    [InlineData(true, 1)]
    public async Task Ends_what_a_failed_try_left_before_the_next_and_of_a_pre_script_also_after_the_last(bool isPost, int ended)
    {
        using var first = new FakeProcess();
        using var second = new FakeProcess();
        first.Exit(1);
        second.Exit(1);
        _scene.Launcher.Then(first).Then(second);
        var result = await Within(_scene.Run(_scene.Script(isPost ? ScriptPhase.Post : ScriptPhase.Pre, retries: 1)));
        Assert.Equal(StepStatus.Failed, result.Status);
        var scope = isPost ? EndScope.Group : EndScope.Everything;
        Assert.Equal(Enumerable.Repeat((ProcessSignal.Terminate, scope), ended), first.Signals.Concat(second.Signals));
        Assert.Single(first.Signals);
    }

    [Fact]
    public async Task Pauses_between_tries_only_where_the_options_say_so_and_within_the_limit()
    {
        var scene = new ScriptScene { RetryDelay = TimeSpan.FromSeconds(20) };
        scene.Launcher.ThenExit(1).ThenExit(1);
        var running = scene.Run(scene.Script(retries: 5));
        scene.Advance(20);
        await Within(scene.Launcher.Launched(2).Task);
        scene.Advance(10);
        var result = await Within(running);
        Assert.Equal(StepStatus.TimedOut, result.Status);
        Assert.Equal(2, result.Attempts);
    }

    [Fact]
    public async Task A_pre_script_that_changed_is_not_run()
    {
        _scene.Launcher.ThenExit(1);
        var run = _scene.Script(retries: 5, changesAt: 2, copy: "/copy");
        var result = await Within(_scene.Run(run));
        Assert.Equal(StepStatus.Failed, result.Status);
        Assert.True(Assert.Single(result.Errors).Is(ErrorCodes.InsufficientPermissionforPreScript));
        Assert.Single(_scene.Launcher.Requests);
        Assert.Equal(2, ((FakeScript)run.Script).Looks);
    }

    [Fact]
    public async Task A_post_script_that_changed_runs_as_the_checked_copy_with_one_warning()
    {
        _scene.Launcher.ThenExit(1).ThenExit(1).ThenExit(0);
        var result = await Within(_scene.Run(_scene.Script(ScriptPhase.Post, retries: 5, changesAt: 2, copy: "/copy")));
        Assert.Equal(StepStatus.Succeeded, result.Status);
        Assert.True(Assert.Single(result.Warnings).Is(ErrorCodes.CheckedCopyUsed));
        Assert.Equal(["/opt/script.sh", "/copy", "/copy"], _scene.Launcher.Requests.Select(static request => request.Path), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_post_script_that_changed_and_has_no_copy_is_not_run()
    {
        var result = await Within(_scene.Run(_scene.Script(ScriptPhase.Post, changesAt: 1)));
        Assert.Equal(StepStatus.Failed, result.Status);
        Assert.Empty(_scene.Launcher.Requests);
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(11, 3)]
    public async Task A_failure_to_execute_is_tried_again_only_where_that_may_help(int errno, int tries)
    {
        var failed = Task.FromResult(LaunchResult.Failed("execve", (Errno)errno, "/bin/none"));
        _scene.Launcher.Then(failed).Then(failed).Then(failed);
        var result = await Within(_scene.Run(_scene.Script(retries: 2)));
        Assert.Equal(StepStatus.Failed, result.Status);
        Assert.Equal(tries, result.Attempts);
        var error = Assert.Single(result.Errors);
        Assert.True(error.Is(ErrorCodes.PreScriptExecutionFailed));
        Assert.Equal(errno, error.Errno);
    }

    [Fact]
    public async Task A_start_that_hangs_is_given_up_and_what_starts_later_is_ended()
    {
        using var process = new FakeProcess();
        var starting = new TaskCompletionSource<LaunchResult>();
        _scene.Launcher.Then(starting.Task);
        var running = _scene.Run(_scene.Script(retries: 2));
        _scene.Advance(30);
        while (!running.IsCompleted)
        {
            // The wait for the start begins some time after the limit; each step is one that it may take.
            _scene.Advance(1);
            await Task.Yield();
        }

        var result = await running;
        Assert.Equal(StepStatus.TimedOut, result.Status);
        Assert.Equal(LeftBehindKind.RunningProcess, Assert.Single(result.LeftBehind).Kind);

        starting.SetResult(new LaunchResult { Process = process });
        await Within(process.Terminated);
        Assert.Equal([(ProcessSignal.Terminate, EndScope.Everything)], process.Signals);
    }

    [Fact]
    public async Task A_lost_exit_status_is_no_success()
    {
        using var process = new FakeProcess();
        var ended = Task.FromResult(new LaunchResult { Process = new LostProcess() });
        _scene.Launcher.Then(ended);
        var result = await Within(_scene.Run(_scene.Script()));
        Assert.Equal(StepStatus.Failed, result.Status);
        Assert.Contains("SIGCHLD", Assert.Single(result.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_cgroup_is_a_warning_once()
    {
        for (var i = 0; i < 2; i++)
        {
            var process = new FakeProcess { CgroupProblem = "no cgroup v2 mount" };
            process.Exit(1);
            _scene.Launcher.Then(process);
        }

        var result = await Within(_scene.Run(_scene.Script(retries: 1)));
        var warning = Assert.Single(result.Warnings);
        Assert.True(warning.Is(ErrorCodes.CgroupUnavailable));
        Assert.Contains("no cgroup v2 mount", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reports_progress_while_it_runs_and_not_after()
    {
        using var process = new FakeProcess();
        _scene.Launcher.Then(process);
        var running = _scene.Run(_scene.Script());
        _scene.Advance(2.999);
        Assert.Empty(_scene.Progress);
        _scene.Advance(0.001);
        Assert.Contains("3 s of at most 30 s, try 1 of 1", Assert.Single(_scene.Progress), StringComparison.Ordinal);
        _scene.Advance(3);
        Assert.Equal(2, _scene.Progress.Count);
        process.Exit(0);
        _ = await Within(running);
        _scene.Advance(30);
        Assert.Equal(2, _scene.Progress.Count);
    }

    [Fact]
    public async Task A_reader_of_progress_that_throws_does_no_harm()
    {
        using var process = new FakeProcess();
        var scene = new ScriptScene { OnProgress = static _ => throw new InvalidOperationException("reader") };
        scene.Launcher.Then(process);
        var running = scene.Run(scene.Script());
        scene.Advance(3);
        process.Exit(0);
        Assert.Equal(StepStatus.Succeeded, (await Within(running)).Status);
    }

    [Fact]
    public async Task Asks_for_a_cgroup_name_of_its_own_each_time_whatever_the_run_id_is()
    {
        _scene.Launcher.ThenExit(1).ThenExit(0);
        _ = await Within(_scene.Run(_scene.Script(retries: 1)));
        var names = _scene.Launcher.Requests.Select(static request => request.CgroupName).ToArray();
        Assert.Equal(2, names.Distinct(StringComparer.Ordinal).Count());
        Assert.All(names, static name => Assert.Matches("^acsnap-r1-[0-9]+-[0-9]+$", name));
    }

    private static Task<ParticipantResult> Within(Task<ParticipantResult> task) => task.WaitAsync(Patience, TestContext.Current.CancellationToken);

    private static Task Within(Task task) => task.WaitAsync(Patience, TestContext.Current.CancellationToken);

    private sealed class LostProcess : IRunningProcess
    {
        public int Id => 5;

        public Task<ProcessExit> Exited { get; } = Task.FromResult(new ProcessExit { WaitError = Errno.ECHILD });

        public string? CgroupProblem => null;

        public IReadOnlyList<int> Alive => [];

        public Task EndAsync(ProcessSignal signal, EndScope scope, CancellationToken waitLimit) => Task.CompletedTask;

        public void Dispose()
        {
            // Holds nothing.
        }
    }
}
