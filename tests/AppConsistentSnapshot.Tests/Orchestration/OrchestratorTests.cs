using AppConsistentSnapshot.Backends;
using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Freezing;
using AppConsistentSnapshot.Participants;
using AppConsistentSnapshot.Reports;
using AppConsistentSnapshot.Testing;

namespace AppConsistentSnapshot.Tests.Orchestration;

public sealed class OrchestratorTests
{
    private readonly Bench _bench = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_in_which_all_goes_well_is_application_consistent_and_its_steps_are_in_order()
    {
        _bench.Plans.AddPlan(Bench.Plan);
        var report = await RunAsync(plans: [Bench.Plan]);

        Assert.Equal(SnapshotOutcome.Succeeded, report.Outcome);
        Assert.Equal(ConsistencyLevel.Application, report.Consistency);
        Assert.Equal(
            [
                StepName.LoadPlan, StepName.CheckPermissions, StepName.Prepare, StepName.Flush, StepName.PreScript, StepName.Flush,
                StepName.Freeze, StepName.Cut, StepName.Confirm, StepName.Thaw, StepName.PostScript, StepName.Complete,
            ],
            report.Steps.Select(static step => step.Name));
        Assert.All(report.Steps, static step => Assert.Equal(StepStatus.Succeeded, step.Status));
        Assert.True(report.Freeze.HeldThroughout);
        Assert.True(report.SharedInstant);
        Assert.Equal(ConsistencyLevel.Application, Assert.Single(_bench.Backend.Snapshots).Consistency);
        Assert.Equal(0, _bench.Backend.OpenCuts);
    }

    [Fact]
    public async Task Participants_are_quiesced_in_order_and_resumed_in_reverse()
    {
        _bench.Plans.AddPlan("/a.json").AddPlan("/b.json");
        var report = await RunAsync(plans: ["/a.json", "/b.json"], participants: [new FakeParticipant("database")]);

        Assert.Equal(["/a.json", "/b.json", "database"], Subjects(report, StepName.PreScript, StepName.Quiesce));
        Assert.Equal(["database", "/b.json", "/a.json"], Subjects(report, StepName.PostScript, StepName.Resume));
    }

    [Fact]
    public async Task The_first_participant_that_fails_is_the_last_that_is_asked_and_all_that_were_asked_are_resumed()
    {
        FakeParticipant[] participants = [new("one"), new("two") { QuiesceResult = Failure() }, new("three")];
        var report = await RunAsync(participants: participants);

        Assert.Equal([1, 1, 0], participants.Select(static participant => participant.Resumed));
        Assert.Equal(ConsistencyLevel.FileSystem, report.Consistency);
        Assert.Equal(StepStatus.Skipped, report.Steps.Single(static step => step is { Name: StepName.Quiesce, Subject: "three" }).Status);
        Assert.Equal(SnapshotOutcome.Degraded, participants[0].LastResume?.OutcomeSoFar);
        Assert.Equal(ConsistencyLevel.FileSystem, participants[0].LastResume?.ConsistencySoFar);
    }

    [Fact]
    public async Task A_participant_that_cannot_be_opened_is_not_resumed()
    {
        var participant = new FakeParticipant().On(FakeParticipantPhase.Open, FakeFault.Throw(new InvalidOperationException("no such database")));
        var report = await RunAsync(participants: [participant]);

        Assert.Equal(0, participant.Resumed);
        Assert.Equal(ConsistencyLevel.FileSystem, report.Consistency);
        Assert.Contains("no such database", Assert.Single(report.Errors).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FakeParticipantPhase.Quiesce)]
    [InlineData(FakeParticipantPhase.Confirm)]
    public async Task A_participant_that_hangs_and_ignores_its_token_is_resumed_and_costs_only_its_limit(FakeParticipantPhase phase)
    {
        var never = new TaskCompletionSource();
        var participant = new FakeParticipant("slow", _bench.Time).On(phase, FakeFault.IgnoreCancellation(never.Task));
        var report = await RunAsync(participants: [participant, new FakeParticipant("other")]);

        Assert.Equal(ConsistencyLevel.FileSystem, report.Consistency);
        Assert.Equal(1, participant.Resumed);
        Assert.Contains(report.Errors, static error => error.Subject == "slow");
        never.SetResult();
    }

    [Fact]
    public async Task A_participant_that_blocks_its_thread_does_not_block_the_run()
    {
        using var released = new ManualResetEventSlim();
        var participant = new FakeParticipant("blocked", _bench.Time).On(FakeParticipantPhase.Quiesce, FakeFault.BlockThread(released));
        var report = await RunAsync(participants: [participant]);
        released.Set();

        Assert.Equal(ErrorCodes.QuiesceTimeout.Number, report.Errors[0].Number);
        Assert.Equal(ConsistencyLevel.FileSystem, report.Consistency);
    }

    [Fact]
    public async Task A_resume_that_hangs_keeps_no_other_from_being_resumed_and_is_left_behind()
    {
        var never = new TaskCompletionSource();
        var hanging = new FakeParticipant("hanging", _bench.Time).On(FakeParticipantPhase.Resume, FakeFault.IgnoreCancellation(never.Task));
        var first = new FakeParticipant("first");
        var report = await RunAsync(participants: [first, hanging]);
        never.SetResult();

        Assert.Equal(1, first.Resumed);
        Assert.Equal(SnapshotOutcome.Degraded, report.Outcome);
        Assert.Equal(ConsistencyLevel.Application, report.Consistency);
        Assert.Equal(("hanging", LeftBehindKind.QuiescedParticipant), report.LeftBehind.Select(static left => (left.Id, left.Kind)).Single());
        Assert.Equal(ErrorCodes.ResumeTimeout.Number, Assert.Single(report.Errors).Number);
    }

    [Fact]
    public async Task The_quiesce_limit_counts_from_the_first_success_and_ends_the_waiting()
    {
        var slow = new FakeParticipant("slow", _bench.Time) { Info = new ParticipantInfo { QuiesceLimit = TimeSpan.FromHours(1) } }
            .On(FakeParticipantPhase.Quiesce, FakeFault.Hang());
        var start = _bench.Time.GetUtcNow();
        var report = await RunAsync(participants: [new FakeParticipant("quick"), slow]);

        Assert.Equal(ConsistencyLevel.FileSystem, report.Consistency);
        Assert.InRange(_bench.Time.GetUtcNow() - start, TimeSpan.FromSeconds(120), TimeSpan.FromSeconds(160));
    }

    [Theory]
    [InlineData(true, SnapshotOutcome.Failed)]
    [InlineData(false, SnapshotOutcome.Failed)]
    public async Task A_cut_that_hangs_is_left_to_itself_when_the_window_ends_and_everything_is_thawed_and_resumed(bool returnsInTheEnd, SnapshotOutcome expected)
    {
        var released = new TaskCompletionSource();
        _bench.Backend.On(FakeBackendPhase.Cut, FakeFault.IgnoreCancellation(released.Task));
        var participant = new FakeParticipant("db", _bench.Time).On(FakeParticipantPhase.Resume, FakeFault.Run(() =>
        {
            Assert.Empty(_bench.Freezer.Frozen);
            if (returnsInTheEnd)
            {
                released.SetResult();
            }
        }));
        var report = await RunAsync(participants: [participant]);

        Assert.Equal(expected, report.Outcome);
        Assert.Equal(ErrorCodes.FreezeTimeout.Number, report.Errors[0].Number);
        Assert.Equal(returnsInTheEnd ? 0 : 1, report.LeftBehind.Count);
        released.TrySetResult();
    }

    [Fact]
    public async Task When_one_backend_cannot_cut_the_others_are_stopped_and_rolled_back()
    {
        var other = new FakeSnapshotBackend("other", _bench.Time).On(FakeBackendPhase.Cut, FakeFault.Throw(new SnapshotBackendException("pool full") { Volume = "/log" }));
        _bench.Backend.On(FakeBackendPhase.Cut, FakeFault.Hang());
        var report = await RunAsync(volumes: [new SnapshotVolume("/data", _bench.Backend), new SnapshotVolume("/log", other)], participants: [new FakeParticipant()]);

        Assert.Equal(SnapshotOutcome.Failed, report.Outcome);
        Assert.Empty(other.Snapshots);
        Assert.Contains(report.Errors, static error => error is { Subject: "/log", Message: "pool full" });
        Assert.Contains(FakeBackendPhase.RollBack, other.Calls);
    }

    [Fact]
    public async Task Several_backends_cut_in_one_window()
    {
        var other = new FakeSnapshotBackend("other", _bench.Time);
        var report = await RunAsync(volumes: [new SnapshotVolume("/data", _bench.Backend), new SnapshotVolume("/log", other)], participants: [new FakeParticipant()]);

        Assert.Equal(SnapshotOutcome.Succeeded, report.Outcome);
        Assert.Equal(["fake", "other"], report.Snapshots.Select(static snapshot => snapshot.Backend).Order(StringComparer.Ordinal));
        Assert.True(report.SharedInstant);
    }

    [Fact]
    public async Task What_must_not_be_frozen_is_not_and_no_shared_instant_is_claimed()
    {
        var other = new FakeSnapshotBackend("btrfs-like", _bench.Time) { FreezeNeed = FreezeNeed.MustNotBeFrozen };
        var report = await RunAsync(volumes: [new SnapshotVolume("/data", _bench.Backend), new SnapshotVolume("/log", other)], participants: [new FakeParticipant()]);

        Assert.Equal(ConsistencyLevel.Application, report.Consistency);
        Assert.Equal(MountStatus.NotNeeded, report.Freeze.Mounts.Single(static mount => mount.Path == "/log").Status);
        Assert.False(report.SharedInstant);
    }

    [Fact]
    public async Task A_roll_back_that_cannot_remove_everything_says_what_is_left()
    {
        _bench.Backend.CannotRemove = true;
        _bench.Backend.On(FakeBackendPhase.Complete, FakeFault.Throw(new SnapshotBackendException("checksum")));
        var report = await RunAsync(participants: [new FakeParticipant()]);

        Assert.Equal(_bench.Backend.Snapshots.Single().Id, Assert.Single(report.LeftBehind).Id);
        Assert.Equal(SnapshotOutcome.Failed, report.Outcome);
    }

    [Fact]
    public async Task Backend_calls_outside_the_freeze_are_tried_again_where_the_error_is_transient()
    {
        var transient = FakeFault.Throw(new SnapshotBackendException("busy") { IsTransient = true });
        _bench.Backend.On(FakeBackendPhase.Prepare, transient, transient).On(FakeBackendPhase.Complete, transient);
        var report = await RunAsync(participants: [new FakeParticipant()]);

        Assert.Equal(SnapshotOutcome.Succeeded, report.Outcome);
        Assert.Equal(3, _bench.Backend.Calls.Count(static call => call is FakeBackendPhase.Prepare));
    }

    [Fact]
    public async Task A_cut_is_never_tried_again_inside_the_freeze()
    {
        _bench.Backend.On(FakeBackendPhase.Cut, FakeFault.Throw(new SnapshotBackendException("busy") { IsTransient = true }));
        var report = await RunAsync(participants: [new FakeParticipant()]);

        Assert.Equal(SnapshotOutcome.Failed, report.Outcome);
        Assert.Single(_bench.Backend.Calls, static call => call is FakeBackendPhase.Cut);
    }

    [Fact]
    public async Task A_write_back_error_lowers_that_volume_alone_to_crash_and_the_run_with_it()
    {
        _bench.Freezer.BreakDisk("/log");
        var report = await RunAsync(volumes: _bench.Volumes("/data", "/log"), participants: [new FakeParticipant()]);

        Assert.Equal(ConsistencyLevel.Crash, report.Consistency);
        Assert.Equal(
            [("/data", ConsistencyLevel.Application), ("/log", ConsistencyLevel.Crash)],
            report.Snapshots.Select(static snapshot => (snapshot.Volumes[0], snapshot.Consistency)));
    }

    [Fact]
    public async Task Data_outside_the_snapshot_lower_the_level_before_anything_is_touched()
    {
        var participant = new FakeParticipant("db") { Info = new ParticipantInfo { DataPaths = ["/data/db", "/var/lib/db"] } };
        var report = await RunAsync(participants: [participant]);

        Assert.Equal(ConsistencyLevel.FileSystem, report.Consistency);
        Assert.Equal(("/var/lib/db", 918), (report.Errors.Single().Path, report.Errors.Single().Number));
        Assert.Equal(0, participant.Quiesced);
    }

    [Theory]
    [InlineData("/data/backup", 909)]
    [InlineData("/elsewhere", null)]
    public async Task A_cut_that_writes_to_what_is_to_be_frozen_is_refused(string target, int? code)
    {
        _bench.Backend.WritesTo = [target];
        var report = await RunAsync(participants: [new FakeParticipant()]);

        Assert.Equal(code, report.Errors is [var first, ..] ? first.Number : null);
        Assert.Equal(code is null, _bench.Freezer.Calls.Contains(FakeFreezePhase.Freeze));
    }

    [Fact]
    public async Task A_cut_that_cannot_fit_the_window_is_refused_before_anything_is_touched()
    {
        _bench.Backend.EstimatedCutTime = TimeSpan.FromSeconds(11);
        var participant = new FakeParticipant();
        var report = await RunAsync(participants: [participant]);

        Assert.Equal(ErrorCodes.CutDoesNotFit.Number, Assert.Single(report.Errors).Number);
        Assert.Equal(0, participant.Quiesced);
        Assert.Equal(SnapshotOutcome.Failed, report.Outcome);
    }

    [Theory]
    [InlineData("/nowhere", 901, ConsistencyLevel.FileSystem)]
    [InlineData("/data/folder", 901, ConsistencyLevel.FileSystem)]
    [InlineData("/nfs", 903, ConsistencyLevel.Crash)]
    [InlineData("/tmp", 902, ConsistencyLevel.FileSystem)]
    public async Task A_volume_that_cannot_take_part_is_refused_with_its_code_and_nothing_is_touched(string path, int code, ConsistencyLevel wanted)
    {
        var report = await RunAsync(volumes: _bench.Volumes("/data", path), consistency: wanted);

        Assert.Equal(code, Assert.Single(report.Errors).Number);
        Assert.Equal(SnapshotOutcome.Failed, report.Outcome);
        Assert.DoesNotContain(FakeFreezePhase.Freeze, _bench.Freezer.Calls);
        Assert.Equal(0, _bench.Backend.OpenCuts);
    }

    [Fact]
    public async Task A_mount_that_is_named_twice_is_refused()
    {
        var report = await RunAsync(volumes: _bench.Volumes("/data", "/data"), consistency: ConsistencyLevel.FileSystem);

        Assert.Equal(ErrorCodes.MountNamedTwice.Number, Assert.Single(report.Errors).Number);
    }

    [Theory]
    [InlineData("/data/")]
    [InlineData("//data")]
    [InlineData("/./data")]
    public async Task A_mount_point_has_one_name_however_it_is_spelled(string path)
    {
        var report = await RunAsync(volumes: _bench.Volumes(path), participants: [new FakeParticipant()]);

        Assert.Equal(ConsistencyLevel.Application, report.Consistency);
        Assert.Equal(["/data"], Assert.Single(report.Snapshots).Volumes);
        Assert.Equal(ConsistencyLevel.Application, Assert.Single(_bench.Backend.Snapshots).Consistency);
    }

    [Fact]
    public async Task A_freeze_that_fails_and_leaves_something_frozen_cuts_nothing()
    {
        _bench.Freezer.On(FakeFreezePhase.Freeze, FakeFault.Throw(new FreezeException([new SnapshotError(ErrorCodes.FreezeFailed, "EIO")])
        {
            LeftBehind = [new LeftBehind { Kind = LeftBehindKind.RunningProcess, Id = "1", Remedy = "wait" }],
        }));
        var participant = new FakeParticipant();
        var report = await RunAsync(participants: [participant]);

        Assert.Equal(SnapshotOutcome.Failed, report.Outcome);
        Assert.DoesNotContain(FakeBackendPhase.Cut, _bench.Backend.Calls);
        Assert.Equal(SnapshotOutcome.Failed, participant.LastResume?.OutcomeSoFar);
    }

    [Fact]
    public async Task What_is_done_when_it_is_told_to_stop_may_throw_or_block_and_the_run_goes_on()
    {
        using var released = new ManualResetEventSlim();
        var stubborn = new StubbornParticipant(released);
        var run = _bench.Create().RunAsync(
            new SnapshotRequest { Consistency = ConsistencyLevel.Application, Volumes = _bench.Volumes("/data"), Participants = [stubborn] }, cancellationToken: Token);
        await Clock.MoveUntilAsync(_bench.Time, run);
        released.Set();

        Assert.Equal(ConsistencyLevel.FileSystem, (await run).Consistency);
        Assert.True(stubborn.WasResumed);
    }

    [Fact]
    public async Task What_cannot_be_frozen_can_be_cut_crash_consistently()
    {
        var report = await RunAsync(volumes: _bench.Volumes("/tmp"), consistency: ConsistencyLevel.Crash);

        Assert.Equal(SnapshotOutcome.Succeeded, report.Outcome);
        Assert.Equal(ConsistencyLevel.Crash, report.Consistency);
    }

    [Fact]
    public async Task A_request_below_application_consistency_runs_no_script_and_says_so()
    {
        _bench.Plans.AddPlan(Bench.Plan);
        var report = await RunAsync(plans: [Bench.Plan], consistency: ConsistencyLevel.FileSystem);

        Assert.Empty(_bench.PlanParticipants);
        Assert.Equal(ErrorCodes.PlanIgnored.Number, Assert.Single(report.Warnings).Number);
        Assert.Equal(SnapshotOutcome.Succeeded, report.Outcome);
    }

    [Fact]
    public async Task A_mount_that_somebody_else_holds_frozen_stays_frozen_by_them()
    {
        Assert.True(_bench.Freezer.TryFreeze("/log"));
        var run = _bench.Create().RunAsync(
            new SnapshotRequest { Consistency = ConsistencyLevel.FileSystem, Volumes = _bench.Volumes("/data", "/log") }, cancellationToken: Token);
        var report = await run;

        Assert.Equal(["/log"], _bench.Freezer.Frozen);
        Assert.Equal((121, 16), (report.Errors[0].Number, report.Errors[0].Errno));
        Assert.Equal(ConsistencyLevel.Crash, report.Consistency);
    }

    [Fact]
    public async Task A_slow_or_failing_progress_consumer_delays_nothing_and_changes_nothing()
    {
        using var blocked = new ManualResetEventSlim();
        var seen = new List<SnapshotProgress>();
        var consumer = new CallbackProgress(progress =>
        {
            seen.Add(progress);
            blocked.Wait(CancellationToken.None);
            throw new InvalidOperationException("consumer");
        });
        _bench.Options.GracePeriod = TimeSpan.FromSeconds(1);
        var run = _bench.Create().RunAsync(
            new SnapshotRequest { Consistency = ConsistencyLevel.FileSystem, Volumes = _bench.Volumes("/data") }, consumer, Token);
        await Clock.MoveUntilAsync(_bench.Time, run);
        blocked.Set();

        Assert.Equal(SnapshotOutcome.Succeeded, (await run).Outcome);
        Assert.Equal(StepName.Prepare, Assert.Single(seen).Step);
    }

    [Fact]
    public async Task Progress_tells_of_every_step_in_order()
    {
        var seen = new List<SnapshotProgress>();
        var report = await _bench.Create().RunAsync(
            new SnapshotRequest { Consistency = ConsistencyLevel.FileSystem, Volumes = _bench.Volumes("/data") }, new CallbackProgress(seen.Add), Token);

        Assert.Equal(report.Steps.Select(static step => step.Name), seen.Where(static progress => progress.Status is null).Select(static progress => progress.Step));
        Assert.Equal(report.Steps.Count, seen.Count(static progress => progress.Status is StepStatus.Succeeded));
    }

    [Fact]
    public async Task A_failed_run_that_may_not_continue_is_tried_again_as_a_whole_under_another_id()
    {
        _bench.Options.RunRetries = 2;
        var results = new Queue<ParticipantResult?>([Failure(), Failure(), null]);
        var participant = new FakeParticipant("db", _bench.Time);
        participant.On(FakeParticipantPhase.Quiesce, Enumerable.Repeat(FakeFault.Run(() => participant.QuiesceResult = results.Dequeue()), 3));
        var report = await RunAsync(participants: [participant], continueOnFailure: false);

        Assert.Equal(3, report.Attempt);
        Assert.Equal(SnapshotOutcome.Succeeded, report.Outcome);
        Assert.Equal(3, participant.Resumed);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_run_is_not_tried_again_where_it_may_continue_or_where_something_is_left_behind(bool continueOnFailure)
    {
        _bench.Options.RunRetries = 2;
        var participant = new FakeParticipant("db") { QuiesceResult = Failure(), ResumeResult = Failure() };
        var report = await RunAsync(participants: [participant], continueOnFailure: continueOnFailure);

        Assert.Equal(1, report.Attempt);
        Assert.Equal(1, participant.Quiesced);
    }

    [Fact]
    public async Task An_exception_from_where_none_should_come_is_reported_after_thaw_and_resume()
    {
        _bench.Freezer.On(FakeFreezePhase.Verify, FakeFault.Throw(new NotSupportedException("a defect")));
        var participant = new FakeParticipant();
        var report = await RunAsync(participants: [participant]);

        Assert.Equal(ErrorCodes.UnexpectedError.Number, Assert.Single(report.Errors).Number);
        Assert.Equal(SnapshotOutcome.Failed, report.Outcome);
        Assert.Equal(1, participant.Resumed);
    }

    private static ParticipantResult Failure() => ParticipantResult.Failed(new SnapshotError(ErrorCodes.QuiesceFailed, "locked") { Subject = "db" });

    private static IEnumerable<string?> Subjects(SnapshotReport report, params StepName[] names) =>
        report.Steps.Where(step => names.Contains(step.Name)).Select(static step => step.Subject);

    private Task<SnapshotReport> RunAsync(
        SnapshotVolume[]? volumes = null,
        string[]? plans = null,
        FakeParticipant[]? participants = null,
        ConsistencyLevel consistency = ConsistencyLevel.Application,
        bool continueOnFailure = true) => _bench.RunAsync(
            new SnapshotRequest
            {
                Consistency = consistency,
                Volumes = volumes ?? _bench.Volumes("/data"),
                PlanPaths = plans ?? [],
                Participants = participants ?? [],
                ContinueOnFailure = continueOnFailure,
            },
            Token);
}
