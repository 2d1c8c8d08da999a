using System.Runtime.InteropServices;
using AppConsistentSnapshot.Reports;
using AppConsistentSnapshot.Tool.Tests.Support;
using Microsoft.Extensions.Logging;

namespace AppConsistentSnapshot.Tool.Tests.Verbs;

public sealed class RunVerbTests : IDisposable
{
    private readonly CommandHarness _command = new();

    public void Dispose() => _command.Dispose();

    [Fact]
    public async Task Hands_on_what_was_asked_for()
    {
        var exit = await _command.RunAsync(
            "--plan", "/p1", "run", "--mount", "/data/", "--mount", "/a=b=boxed", "--backend", "one", "--output", "/out", "--set", "one.size=7",
            "--consistency", "FileSystem", "--minimum", "crash", "--single-disk-fallback", "--freeze-limit", "2.5",
            "--plan", "/p2", "--host-config", "/h", "--owner", "1000");

        Assert.Equal(0, exit);
        var request = _command.Request;
        Assert.Equal([("/data", "one"), ("/a=b", "boxed")], request.Volumes.Select(volume => (volume.Path, volume.Backend.Name)));
        Assert.Equal(ConsistencyLevel.FileSystem, request.Consistency);
        Assert.Equal(ConsistencyLevel.Crash, request.Minimum);
        Assert.True(request.SingleDiskFallback);
        Assert.Equal(TimeSpan.FromSeconds(2.5), request.FreezeLimit);
        Assert.Equal(["/p1", "/p2"], request.PlanPaths);
        Assert.Equal("/h", request.HostConfigurationPath);
        Assert.Equal(1000, _command.Options!.Owner);
        Assert.Equal("/out", _command.Made["boxed"].Context.Get<string>("output"));
        Assert.Equal(7L, _command.Made["one"].Context.FindValue<long>("size"));
        Assert.Null(_command.Made["one"].Context.FindValue<bool>("thin"));
    }

    [Fact]
    public async Task Leaves_to_the_library_what_was_not_asked_for()
    {
        _ = await _command.RunAsync("run", "--mount", "/=one");

        var request = _command.Request;
        Assert.Equal("/", Assert.Single(request.Volumes).Path);
        Assert.Equal(ConsistencyLevel.Application, request.Consistency);
        Assert.Null(request.Minimum);
        Assert.Null(request.SingleDiskFallback);
        Assert.Null(request.FreezeLimit);
        Assert.Null(request.HostConfigurationPath);
        Assert.Empty(request.PlanPaths);
        Assert.Equal(0, _command.Options!.Owner);
    }

    [Fact]
    public async Task Volumes_of_one_backend_share_it()
    {
        _ = await _command.RunAsync("run", "--mount", "/a", "--mount", "/b", "--backend", "one", "--single-disk-fallback=false");

        Assert.Same(_command.Request.Volumes[0].Backend, _command.Request.Volumes[1].Backend);
        Assert.False(_command.Request.SingleDiskFallback);
    }

    [Fact]
    public async Task Standard_output_holds_the_report_and_nothing_else()
    {
        var report = Make.Report(SnapshotOutcome.Degraded, ConsistencyLevel.FileSystem, [Make.Error()]);
        _command.Orchestrator.OnRun = (_, progress, _) =>
        {
            progress!.Report(Make.Progress(StepName.PreScript, StepStatus.Failed, "/etc/plan.json"));
            _command.Components!.LoggerFactory!.CreateLogger("X").LogWarning("careful");
            return Task.FromResult(report);
        };

        var exit = await _command.RunAsync("run", "--mount", "/data=one", "--json");

        Assert.Equal(3, exit);
        Assert.Equal(report.ToJson() + "\n", _command.Out);
        Assert.Contains("PreScript /etc/plan.json FAILED", _command.Err, StringComparison.Ordinal);
        Assert.Contains("warn  X[0] careful", _command.Err, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_reads_the_verdict_the_errors_and_what_to_do()
    {
        var steps = new StepReport
        {
            Name = StepName.PreScript,
            Status = StepStatus.Failed,
            StartedAt = DateTimeOffset.UnixEpoch,
            DurationMilliseconds = 1,
            OutputTail = "one\ntwo \u001b[31m[red]\n",
        };
        _command.Orchestrator.OnRun = (_, _, _) => Task.FromResult(
            Make.Report(SnapshotOutcome.Degraded, ConsistencyLevel.FileSystem, [Make.Error("exit code 1 [/]")], [Make.Frozen("/d\u0007ata")], [steps]));

        var exit = await _command.RunAsync("run", "--mount", "/data=one");

        Assert.Equal(4, exit);
        Assert.Contains("Degraded: the snapshot is only file-system-consistent; application-consistent was wanted.", _command.Out, StringComparison.Ordinal);
        Assert.Contains("writes were held for 21.7 ms; applications stood still for 40.2 ms", _command.Out, StringComparison.Ordinal);
        Assert.Contains("Pre-ScriptExecutionFailed (300) /etc/plan.json: exit code 1 [/]", _command.Out, StringComparison.Ordinal);
        Assert.Contains("What to do: Read the script's output", _command.Out, StringComparison.Ordinal);
        Assert.Contains(@"| two \x1B[31m[red]", _command.Out, StringComparison.Ordinal);
        Assert.Contains("LEFT BEHIND", _command.Out, StringComparison.Ordinal);
        Assert.Contains(@"/d\x07ata", _command.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_run_says_that_no_snapshot_is_kept()
    {
        _command.Orchestrator.OnRun = (_, _, _) => Task.FromResult(Make.Report(SnapshotOutcome.Failed, ConsistencyLevel.None));

        Assert.Equal(1, await _command.RunAsync("run", "--mount", "/data=one"));
        Assert.Contains("Failed: no snapshot is kept; application-consistent was wanted.", _command.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keeps_the_report_in_a_file_too()
    {
        using var folder = new TemporaryFolder();

        var exit = await _command.RunAsync("run", "--mount", "/data=one", "--report", folder.File("r.json"));

        Assert.Equal(0, exit);
        Assert.Equal(Make.Report().ToJson() + "\n", await File.ReadAllTextAsync(folder.File("r.json"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Takes_no_snapshot_if_the_report_could_not_be_kept()
    {
        var exit = await _command.RunAsync("run", "--mount", "/data=one", "--report", "/does/not/exist/r.json");

        Assert.Equal(2, exit);
        Assert.Empty(_command.Orchestrator.Requests);
    }

    [Fact]
    public async Task The_exit_status_stays_true_if_the_report_is_lost_at_the_end()
    {
        using var folder = new TemporaryFolder();
        var inner = folder.File("inner");
        _ = Directory.CreateDirectory(inner);
        _command.Orchestrator.OnRun = (_, _, _) =>
        {
            Directory.Delete(inner);
            return Task.FromResult(Make.Report(SnapshotOutcome.Degraded, ConsistencyLevel.Crash));
        };

        var exit = await _command.RunAsync("run", "--mount", "/data=one", "--report", Path.Combine(inner, "r.json"));

        Assert.Equal(3, exit);
        Assert.Contains("--report: the report could not be written", _command.Err, StringComparison.Ordinal);
        Assert.Contains("Degraded", _command.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_signal_cancels_and_the_second_is_told_what_is_going_on()
    {
        _command.Orchestrator.OnRun = async (_, _, token) =>
        {
            _command.Signals.Send(PosixSignal.SIGTERM);
            await WaitForAsync(token);
            _command.Signals.Send(PosixSignal.SIGINT);
            return Make.Report(SnapshotOutcome.Cancelled, ConsistencyLevel.None);
        };

        var exit = await _command.RunAsync("run", "--mount", "/data=one", "--json");

        Assert.Equal(130, exit);
        Assert.Contains("SIGTERM: ending early", _command.Err, StringComparison.Ordinal);
        Assert.Contains("SIGINT: thaw and resume are under way and cannot be skipped", _command.Err, StringComparison.Ordinal);
        Assert.StartsWith("{", _command.Out, StringComparison.Ordinal);
        Assert.False(_command.Signals.IsListening);
    }

    [Fact]
    public async Task A_callback_that_throws_on_cancel_does_not_end_the_process()
    {
        _command.Orchestrator.OnRun = async (_, _, token) =>
        {
            using var registration = token.Register(static () => throw new InvalidOperationException("defect"));
            _command.Signals.Send(PosixSignal.SIGHUP);
            await WaitForAsync(token);
            return Make.Report(SnapshotOutcome.Cancelled, ConsistencyLevel.None);
        };

        Assert.Equal(130, await _command.RunAsync("run", "--mount", "/data=one"));
    }

    [Fact]
    public async Task Cancelled_before_anything_was_touched_there_is_no_report()
    {
        _command.Orchestrator.OnRun = async (_, _, token) =>
        {
            _command.Signals.Send(PosixSignal.SIGINT);
            await WaitForAsync(token);
            token.ThrowIfCancellationRequested();
            return Make.Report();
        };

        Assert.Equal(130, await _command.RunAsync("run", "--mount", "/data=one", "--json"));
        Assert.Contains("cancelled before anything was touched", _command.Err, StringComparison.Ordinal);
        Assert.Empty(_command.Out);
    }

    [Fact]
    public async Task Says_what_it_needs_where_it_cannot_work()
    {
        _command.OnCreate = (_, _) => throw new PlatformNotSupportedException("Freezing needs Linux.");

        Assert.Equal(1, await _command.RunAsync("run", "--mount", "/data=one"));
        Assert.Contains("acsnap: error: Freezing needs Linux. Nothing was touched.", _command.Err, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_that_root_is_needed()
    {
        _command.IsRoot = false;

        Assert.Equal(0, await _command.RunAsync("run", "--mount", "/data=one"));
        Assert.Contains("not running as root", _command.Err, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_defect_is_never_a_success()
    {
        _command.Orchestrator.OnRun = (_, _, _) => throw new InvalidOperationException("boom");

        Assert.Equal(1, await _command.RunAsync("run", "--mount", "/data=one", "-v"));
        Assert.Contains("unexpected InvalidOperationException: boom", _command.Err, StringComparison.Ordinal);
        Assert.Contains("   at ", _command.Err, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Logs_everything_only_when_asked(bool verbose)
    {
        _command.Orchestrator.OnRun = (_, _, _) =>
        {
            _command.Components!.LoggerFactory!.CreateLogger("X").LogInformation("details\nof it");
            return Task.FromResult(Make.Report());
        };

        _ = await _command.RunAsync(["run", "--mount", "/data=one", .. verbose ? ["-v"] : Array.Empty<string>()]);

        Assert.Equal(verbose, _command.Err.Contains(@"1970-01-01T00:00:00.000Z info  X[0] details\nof it", StringComparison.Ordinal));
        Assert.DoesNotContain("details", _command.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/data=oen")]
    public async Task Says_what_was_taken_as_a_path(string mount)
    {
        Assert.Equal(0, await _command.RunAsync("run", "--mount", mount, "--backend", "one"));
        Assert.Equal(mount, Assert.Single(_command.Request.Volumes).Path);
        Assert.Contains("'oen' is no backend", _command.Err, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_which_options_have_no_effect()
    {
        Assert.Equal(0, await _command.RunAsync("run", "--mount", "/d=one", "--output", "/o", "--set", "boxed.output=/o"));

        Assert.Contains("--output has no effect", _command.Err, StringComparison.Ordinal);
        Assert.Contains("--set boxed.output=/o has no effect", _command.Err, StringComparison.Ordinal);
    }

    private static async Task WaitForAsync(CancellationToken token)
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = token.Register(cancelled.SetResult);
        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }
}
