using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Interop;
using AppConsistentSnapshot.Journals;
using AppConsistentSnapshot.Reports;
using AppConsistentSnapshot.Testing;
using AppConsistentSnapshot.Testing.Crashes;
using Microsoft.Extensions.Time.Testing;

namespace AppConsistentSnapshot.Tests.Recovery;

/// <summary>One run at a time, and none that could not be cleaned up after.</summary>
public sealed class RunGateTests
{
    private readonly RecoveryBench _bench = new();
    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData("/var/lib/acsnap")]
    [InlineData("/run/acsnap")]
    public async Task Without_a_folder_the_run_is_refused_before_anything_is_touched(string folder)
    {
        _bench.Host.BadFolders[folder] = "it has mode 777";
        var report = await RunAsync();

        Assert.Equal(SnapshotOutcome.Failed, report.Outcome);
        Assert.True(report.Errors[0].Is(ErrorCodes.JournalUnavailable));
        Assert.Equal(0, _bench.Participant.Quiesced);
        Assert.Empty(_bench.Backend.Calls);
        Assert.Empty(_bench.Freezer.Calls);
    }

    [Theory]
    [InlineData("/var/lib")]
    [InlineData("/run")]
    public async Task A_full_disk_refuses_the_run_and_leaves_no_file(string folder)
    {
        _bench.Host.OnWrite = path => path.StartsWith(folder, StringComparison.Ordinal) ? Errno.ENOSPC : Errno.None;
        var report = await RunAsync();

        Assert.True(report.Errors[0].Is(ErrorCodes.JournalUnavailable));
        Assert.Equal(0, _bench.Participant.Quiesced);
        Assert.DoesNotContain(_bench.Host.Files, static file => file.EndsWith(".jsonl", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_the_journal_is_not_required_the_run_goes_on_with_a_warning()
    {
        _bench.Options.RequireJournal = false;
        _bench.Host.BadFolders["/var/lib/acsnap"] = _bench.Host.BadFolders["/run/acsnap"] = "it is not there";
        var report = await RunAsync();

        Assert.Equal(SnapshotOutcome.Succeeded, report.Outcome);
        Assert.Contains(report.Warnings, static warning => warning.Is(ErrorCodes.JournalUnavailable));
    }

    [Fact]
    public async Task A_disk_that_fails_later_costs_the_intent_its_action_and_nothing_else()
    {
        var writes = 0;
        _bench.Host.OnWrite = path => path.Contains(".run.", StringComparison.Ordinal) && ++writes > 3 ? Errno.EIO : Errno.None;
        var report = await RunAsync();

        Assert.Equal(0, _bench.Participant.Quiesced);
        Assert.Contains(report.Errors, static error => error.Is(ErrorCodes.JournalUnavailable) && error.Subject == "db");
        Assert.Equal(SnapshotOutcome.Degraded, report.Outcome);
    }

    [Fact]
    public async Task A_second_run_is_refused_and_told_who_is_at_work()
    {
        var (_, other) = Process();
        await using var ticket = await other.EnterAsync("other-run", wait: null, static _ => { }, TestContext.Current.CancellationToken);
        var report = await RunAsync();

        Assert.Equal(SnapshotOutcome.Failed, report.Outcome);
        Assert.True(report.Errors[0].Is(ErrorCodes.RunInProgress));
        Assert.Contains("other-run", report.Errors[0].Message, StringComparison.Ordinal);
        Assert.Equal(0, _bench.Participant.Quiesced);
    }

    [Fact]
    public async Task A_run_that_waits_goes_on_when_the_other_one_has_ended()
    {
        _bench.Options.WaitForOtherRun = TimeSpan.FromMinutes(1);
        var (_, first) = Process();
        var (_, second) = Process();
        var ticket = await first.EnterAsync("first", wait: null, static _ => { }, TestContext.Current.CancellationToken);
        var waiting = second.EnterAsync("second", wait: null, static _ => { }, TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(waiting.IsCompleted);

        await ticket.DisposeAsync();
        await AppConsistentSnapshot.Tests.Orchestration.Clock.MoveUntilAsync(_time, waiting);
        await using var next = await waiting;
        Assert.Null(next.Refusal);
    }

    [Fact]
    public async Task A_run_that_waits_is_refused_at_the_end_of_its_patience()
    {
        _bench.Options.WaitForOtherRun = TimeSpan.FromSeconds(3);
        var (_, first) = Process();
        var (_, second) = Process();
        await using var ticket = await first.EnterAsync("first", wait: null, static _ => { }, TestContext.Current.CancellationToken);
        var waiting = second.EnterAsync("second", wait: null, static _ => { }, TestContext.Current.CancellationToken);
        await AppConsistentSnapshot.Tests.Orchestration.Clock.MoveUntilAsync(_time, waiting);

        Assert.True((await waiting).Refusal!.Is(ErrorCodes.RunInProgress));
    }

    [Fact]
    public async Task A_lock_of_a_process_that_died_is_no_obstacle()
    {
        var (process, gate) = Process();
        _ = await gate.EnterAsync("died", wait: null, static _ => { }, TestContext.Current.CancellationToken);
        _bench.Host.Kill(process);
        var report = await RunAsync();

        Assert.Equal(SnapshotOutcome.Succeeded, report.Outcome);
        Assert.Contains(report.Warnings, static warning => warning.Is(ErrorCodes.RecoveryPending) && warning.Subject == "died");
    }

    [Fact]
    public async Task A_clean_run_leaves_no_journal()
    {
        var report = await RunAsync();

        Assert.Equal(SnapshotOutcome.Succeeded, report.Outcome);
        Assert.Equal(["/run/acsnap/lock"], _bench.Host.Files);
    }

    [Fact]
    public async Task What_stays_frozen_keeps_its_journal()
    {
        _bench.Freezer.CannotThaw = true;
        var report = await RunAsync();

        Assert.Contains(report.LeftBehind, static left => left.Kind is LeftBehindKind.FrozenMount);
        Assert.Contains(_bench.Host.Files, static file => file.EndsWith(".freeze.jsonl", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Intents_are_written_before_they_are_acted_on_and_results_after()
    {
        var seen = new List<string>();
        _bench.Participant.On(FakeParticipantPhase.Quiesce, FakeFault.Run(() => seen.Add($"quiesce {Last("/var/lib")}")));
        _bench.Freezer.On(FakeFreezePhase.Freeze, FakeFault.Run(() => seen.Add($"freeze {Last("/run")}")));
        _bench.Backend.On(FakeBackendPhase.Cut, FakeFault.Run(() => seen.Add($"cut {Last("/run")}")));
        _ = await RunAsync();

        Assert.Equal(["quiesce Quiescing", "freeze Freezing", "cut Frozen"], seen);
    }

    [Fact]
    public async Task Nothing_is_written_to_a_disk_between_freeze_and_thaw()
    {
        _bench.Host.RuntimeIsInMemory = false;
        var isFrozen = false;
        var written = new List<string>();
        _bench.Host.OnWrite = path =>
        {
            if (isFrozen)
            {
                written.Add(path);
            }

            return Errno.None;
        };
        _bench.Freezer.On(FakeFreezePhase.Freeze, FakeFault.Run(() => isFrozen = true));
        _bench.Freezer.On(FakeFreezePhase.Thaw, FakeFault.Run(() => isFrozen = false));
        var report = await RunAsync();

        Assert.Equal(SnapshotOutcome.Succeeded, report.Outcome);
        Assert.Empty(written);
    }

    private Task<SnapshotReport> RunAsync() => SnapshotOrchestratorFactory.Create(_bench.Options, _bench.Components()).RunAsync(
        new SnapshotRequest
        {
            Consistency = ConsistencyLevel.Application,
            Volumes = [new SnapshotVolume("/data", _bench.Backend)],
            Participants = [_bench.Participant],
        },
        cancellationToken: TestContext.Current.CancellationToken);

    private (ProcessIdentity Process, RunGate Gate) Process()
    {
        var process = _bench.Host.StartProcess();
        var home = new JournalHome(new FakeJournalFolders(_bench.Host, process, new CrashScript()), new FakeProcessTable(_bench.Host, process));
        return (process, new RunGate(home, _bench.Options, _bench.BootId, _time));
    }

    private JournalEvent Last(string folder)
    {
        var file = _bench.Host.Files.Single(file => file.StartsWith(folder, StringComparison.Ordinal) && file.EndsWith(".jsonl", StringComparison.Ordinal));
        return JournalLines.Read(_bench.Host.Read(file), out _)[^1].Event;
    }
}
