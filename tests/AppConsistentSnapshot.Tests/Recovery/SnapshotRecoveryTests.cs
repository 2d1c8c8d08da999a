using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Interop;
using AppConsistentSnapshot.Journals;
using AppConsistentSnapshot.Recovery;
using AppConsistentSnapshot.Reports;
using AppConsistentSnapshot.Testing;

namespace AppConsistentSnapshot.Tests.Recovery;

/// <summary>What a recovery does with what a journal says.</summary>
public sealed class SnapshotRecoveryTests
{
    private readonly RecoveryBench _bench = new();

    [Fact]
    public async Task Without_journals_there_is_nothing_to_do()
    {
        var report = await _bench.RecoverAsync();

        Assert.Empty(report.Runs);
        Assert.Empty(report.Errors);
        Assert.Empty(report.LeftBehind);
    }

    [Fact]
    public async Task Resumes_in_reverse_what_has_no_recorded_success()
    {
        _bench.WriteRun(
            _bench.Header(), RecoveryBench.Quiescing(0, "db"), RecoveryBench.Quiescing(1, "queue"), RecoveryBench.Quiescing(2, "cache"),
            RecoveryBench.Resumed(2, StepStatus.Succeeded), RecoveryBench.Resumed(1, StepStatus.Failed));
        var report = await _bench.RecoverAsync(new RecoveryRequest { Participants = [_bench.Participant, new FakeParticipant("queue"), new FakeParticipant("cache")] });

        Assert.Equal(["queue", "db"], Assert.Single(report.Runs).Steps.Select(static step => step.Subject!));
        Assert.True(report.Runs[0].IsRecovered);
        Assert.DoesNotContain(RecoveryBench.RunFile, _bench.Host.Files);
    }

    [Fact]
    public async Task Thaws_what_the_run_may_have_frozen_and_nothing_else()
    {
        Assert.True(_bench.Freezer.TryFreeze("/data"));
        Assert.True(_bench.Freezer.TryFreeze("/log"));
        _bench.WriteRun(_bench.Header());
        _bench.WriteFreeze(_bench.Header(), RecoveryBench.Of(JournalEvent.Freezing) with { Mounts = [RecoveryBench.Mount("/data")] });
        var report = await _bench.RecoverAsync();

        Assert.Equal(["/log"], _bench.Freezer.Frozen);
        Assert.Equal(StepStatus.Succeeded, Assert.Single(report.Runs[0].Steps).Status);
        Assert.DoesNotContain(RecoveryBench.FreezeFile, _bench.Host.Files);
    }

    [Fact]
    public async Task A_recorded_thaw_is_never_repeated()
    {
        Assert.True(_bench.Freezer.TryFreeze("/data"));
        RecoveryBench.Of(JournalEvent.Freezing);
        _bench.WriteRun(_bench.Header());
        _bench.WriteFreeze(
            _bench.Header(),
            RecoveryBench.Of(JournalEvent.Freezing) with { Mounts = [RecoveryBench.Mount("/data")] },
            RecoveryBench.Of(JournalEvent.Thawed) with { Mounts = [RecoveryBench.Mount("/data")] });
        var report = await _bench.RecoverAsync();

        Assert.Equal(["/data"], _bench.Freezer.Frozen);
        Assert.Empty(report.Runs[0].Steps);
    }

    [Fact]
    public async Task After_a_restart_nothing_is_thawed_but_participants_and_snapshots_still_matter()
    {
        Assert.True(_bench.Freezer.TryFreeze("/data"));
        var header = _bench.Header(bootId: "another");
        _bench.WriteRun(header, RecoveryBench.Prepared(), RecoveryBench.Quiescing(0, "db"));
        _bench.WriteFreeze(header, RecoveryBench.Of(JournalEvent.Frozen) with { Mounts = [RecoveryBench.Mount("/data")] });
        var report = await _bench.RecoverAsync();

        Assert.Equal(["/data"], _bench.Freezer.Frozen);
        Assert.Equal([StepName.Resume, StepName.RollBack], report.Runs[0].Steps.Select(static step => step.Name));
        Assert.True(report.Runs[0].HostWasRestarted);
    }

    [Fact]
    public async Task A_process_that_lives_is_left_alone()
    {
        var alive = _bench.Host.StartProcess();
        _bench.WriteRun(_bench.Header(alive), RecoveryBench.Quiescing(0, "db"));
        var report = await _bench.RecoverAsync();

        Assert.Empty(report.Runs);
        Assert.Contains(report.Warnings, static warning => warning.Is(ErrorCodes.RunInProgress));
        Assert.Equal(0, _bench.Participant.Resumed);
        Assert.Contains(RecoveryBench.RunFile, _bench.Host.Files);
    }

    [Fact]
    public async Task A_later_process_with_the_same_number_is_another_one()
    {
        _ = _bench.Host.StartProcess(_bench.Dead.Pid);
        _bench.WriteRun(_bench.Header(), RecoveryBench.Quiescing(0, "db"));
        var report = await _bench.RecoverAsync();

        Assert.True(Assert.Single(report.Runs).IsRecovered);
        Assert.Equal(1, _bench.Participant.Resumed);
    }

    [Fact]
    public async Task A_run_under_way_is_named_and_nothing_is_touched()
    {
        _bench.WriteRun(_bench.Header(), RecoveryBench.Quiescing(0, "db"));
        var (held, _) = await HoldLockAsync();
        using (held)
        {
            var report = await _bench.RecoverAsync();

            var error = Assert.Single(report.Errors);
            Assert.True(error.Is(ErrorCodes.RunInProgress));
            Assert.Contains("other-run", error.Message, StringComparison.Ordinal);
            Assert.Equal(0, _bench.Participant.Resumed);
        }
    }

    [Fact]
    public async Task Snapshots_of_a_run_that_had_completed_everything_are_kept_and_named()
    {
        _bench.WriteRun(_bench.Header(), RecoveryBench.Prepared(), RecoveryBench.Of(JournalEvent.Completed) with { Backend = "fake", Snapshots = ["one", "two"] });
        var report = await _bench.RecoverAsync();

        Assert.Equal(["one", "two"], report.Runs[0].KeptSnapshots);
        Assert.DoesNotContain(FakeBackendPhase.Recover, _bench.Backend.Calls);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task A_run_keeps_all_of_its_snapshots_or_none(bool secondIsUnfinished, bool rollBackHadBegun)
    {
        _bench.WriteRun(_bench.Header(), RecoveryBench.Prepared(), RecoveryBench.Of(JournalEvent.Completed) with { Backend = "fake", Snapshots = ["one"] });
        if (secondIsUnfinished)
        {
            _bench.WriteRun(RecoveryBench.Prepared("other"));
        }

        if (rollBackHadBegun)
        {
            _bench.WriteRun(RecoveryBench.Of(JournalEvent.RollingBack) with { Backend = "fake" });
        }

        var report = await _bench.RecoverAsync(new RecoveryRequest { Backends = [_bench.Backend], MakeBackend = static name => new FakeSnapshotBackend(name) });

        Assert.Empty(report.Runs[0].KeptSnapshots);
        Assert.Contains(FakeBackendPhase.Recover, _bench.Backend.Calls);
        Assert.Equal(secondIsUnfinished ? 2 : 1, report.Runs[0].Steps.Count(static step => step is { Name: StepName.RollBack, Status: StepStatus.Succeeded }));
    }

    [Fact]
    public async Task Whom_nobody_knows_is_left_behind_and_tried_again_by_the_next_recovery()
    {
        _bench.WriteRun(_bench.Header(), RecoveryBench.Prepared("lvm"), RecoveryBench.Quiescing(0, "stranger"));
        var first = await _bench.RecoverAsync();

        Assert.Equal([LeftBehindKind.QuiescedParticipant, LeftBehindKind.OrphanSnapshot], first.LeftBehind.Select(static left => left.Kind));
        Assert.False(first.Runs[0].IsRecovered);

        var stranger = new FakeParticipant("stranger");
        var second = await _bench.RecoverAsync(new RecoveryRequest { Participants = [stranger], Backends = [new FakeSnapshotBackend("lvm")] });
        Assert.Empty(second.LeftBehind);
        Assert.Equal(1, stranger.Resumed);
        Assert.Empty((await _bench.RecoverAsync()).Runs);
    }

    [Fact]
    public async Task What_succeeded_is_not_repeated_where_something_else_failed()
    {
        _bench.WriteRun(_bench.Header(), RecoveryBench.Prepared(), RecoveryBench.Quiescing(0, "db"));
        _bench.Backend.On(FakeBackendPhase.Recover, FakeFault.Throw(new InvalidOperationException("no")));
        var first = await _bench.RecoverAsync();
        var second = await _bench.RecoverAsync();

        Assert.Equal(LeftBehindKind.OrphanSnapshot, Assert.Single(first.LeftBehind).Kind);
        Assert.Empty(second.LeftBehind);
        Assert.Equal(1, _bench.Participant.Resumed);
    }

    [Fact]
    public async Task A_torn_last_record_is_no_fault()
    {
        _bench.WriteRun(_bench.Header(), RecoveryBench.Quiescing(0, "db"));
        _bench.Host.Write(RecoveryBench.RunFile, "{\"event\":\"Resu"u8, append: true);
        var report = await _bench.RecoverAsync();

        Assert.True(Assert.Single(report.Runs).IsRecovered);
        Assert.Equal(1, _bench.Participant.Resumed);
    }

    [Fact]
    public async Task A_damaged_line_keeps_the_file_but_not_the_application_from_being_resumed()
    {
        _bench.WriteRun(_bench.Header());
        _bench.Host.Write(RecoveryBench.RunFile, "garbage\n"u8, append: true);
        _bench.WriteRun(RecoveryBench.Quiescing(0, "db"));
        var report = await _bench.RecoverAsync();

        Assert.Contains(report.Errors, static error => error.Is(ErrorCodes.JournalUnreadable));
        Assert.Equal(1, _bench.Participant.Resumed);
        Assert.Contains(RecoveryBench.RunFile, _bench.Host.Files);
    }

    [Fact]
    public async Task A_journal_of_a_later_format_is_left_alone()
    {
        _bench.WriteRun(_bench.Header() with { Format = 2 }, RecoveryBench.Quiescing(0, "db"));
        var report = await _bench.RecoverAsync();

        Assert.Contains(report.Errors, static error => error.Is(ErrorCodes.JournalUnreadable));
        Assert.Equal(0, _bench.Participant.Resumed);
        Assert.Contains(RecoveryBench.RunFile, _bench.Host.Files);
    }

    [Fact]
    public async Task A_run_that_finished_or_never_began_leaves_nothing_to_do_but_its_files()
    {
        _bench.WriteRun(_bench.Header(), RecoveryBench.Quiescing(0, "db"), RecoveryBench.Of(JournalEvent.Finished));
        _bench.Host.Write("/var/lib/acsnap/other.run.jsonl", "{\"eve"u8, append: false);
        var report = await _bench.RecoverAsync();

        Assert.Empty(report.Runs);
        Assert.DoesNotContain(_bench.Host.Files, static file => file.EndsWith(".jsonl", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_nothing_can_be_written_everything_is_done_all_the_same()
    {
        _bench.WriteRun(_bench.Header(), RecoveryBench.Prepared(), RecoveryBench.Quiescing(0, "db"));
        _bench.Host.OnWrite = static _ => Errno.EROFS;
        var report = await _bench.RecoverAsync();

        Assert.Equal(1, _bench.Participant.Resumed);
        Assert.Contains(FakeBackendPhase.Recover, _bench.Backend.Calls);
        Assert.Contains(report.Warnings, static warning => warning.Is(ErrorCodes.JournalUnavailable));
    }

    [Fact]
    public async Task A_folder_that_others_can_reach_is_an_error()
    {
        _bench.Host.BadFolders[_bench.Options.JournalFolder] = "it has mode 777";
        var report = await _bench.RecoverAsync();

        Assert.Contains(report.Errors, static error => error.Is(ErrorCodes.JournalUnavailable) && error.Message.Contains("777", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_report_is_json_that_names_runs_and_steps()
    {
        _bench.WriteRun(_bench.Header(), RecoveryBench.Quiescing(0, "db"));
        var json = (await _bench.RecoverAsync()).ToJson();

        Assert.Contains("\"schemaVersion\": 1", json, StringComparison.Ordinal);
        Assert.Contains("\"name\": \"Resume\"", json, StringComparison.Ordinal);
        Assert.Contains(RecoveryBench.RunId, json, StringComparison.Ordinal);
    }

    private async Task<(RunLock? Held, SnapshotError? Error)> HoldLockAsync()
    {
        var folder = _bench.Components().JournalHome!.Folders.Open("/run/acsnap", create: true, out _)!;
        var owner = new LockOwner { RunId = "other-run", Process = new ProcessIdentity(42, 1, "/usr/bin/backup"), Since = DateTimeOffset.UnixEpoch };
        return await RunLock.TakeAsync(folder, owner, TimeSpan.Zero, new Microsoft.Extensions.Time.Testing.FakeTimeProvider(), TestContext.Current.CancellationToken);
    }
}
