using AppConsistentSnapshot.Backends;
using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Freezing;
using AppConsistentSnapshot.Orchestration;
using AppConsistentSnapshot.Participants;
using AppConsistentSnapshot.Plans;
using AppConsistentSnapshot.Testing;

namespace AppConsistentSnapshot.Tests.Orchestration;

/// <summary>The failure table, cell by cell, by whole runs.</summary>
public sealed class FailurePolicyTests
{
    private const ConsistencyLevel None = ConsistencyLevel.None;
    private const ConsistencyLevel Crash = ConsistencyLevel.Crash;
    private const ConsistencyLevel Files = ConsistencyLevel.FileSystem;
    private const ConsistencyLevel Application = ConsistencyLevel.Application;

    private static readonly SnapshotError Refused = new(ErrorCodes.InsufficientPermissionforPreScript, "mode 777");

    public static TheoryData<string, bool, bool, bool, ConsistencyLevel> Cells()
    {
        var cells = new TheoryData<string, bool, bool, bool, ConsistencyLevel>();
        foreach (var freeze in new[] { true, false })
        {
            //       what happens          cbf true             cbf false        single-disk exception
            Row("ScriptNotPermitted", freeze ? Files : Crash, None, Crash);
            Row("PlanMissing", freeze ? Files : Crash, None, Crash);
            Row("PreScriptFails", freeze ? Files : Crash, None, Crash);
            Row("PreScriptTimesOut", freeze ? Files : Crash, None, Crash);
            Row("PrepareFails", None, None, None);
            Row("NoLongerQuiesced", freeze ? Files : Crash, None, Crash);
            Row("CutFails", None, None, None);
            Row("CompleteFails", None, None, None);
            Row("PostScriptFails", Application, None, Crash);
            Row("PostScriptTimesOut", Application, None, Crash);
            if (freeze)
            {
                Row("FreezeFails", Crash, None, Crash);
                Row("FreezeLost", Crash, None, Crash);
                Row("ThawFails", None, None, None);
            }

            void Row(string incident, ConsistencyLevel lenient, ConsistencyLevel strict, ConsistencyLevel singleDisk)
            {
                cells.Add(incident, freeze, true, false, lenient);
                cells.Add(incident, freeze, false, false, strict);
                cells.Add(incident, freeze, false, true, singleDisk);
            }
        }

        return cells;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task Every_cell_of_the_table_holds(string incident, bool freeze, bool continueOnFailure, bool singleDisk, ConsistencyLevel expected)
    {
        var bench = new Bench();
        bench.Host.PersistentDisks = 1;
        if (incident != "PlanMissing")
        {
            bench.Plans.AddPlan(Bench.Plan, continueOnFailure, freeze);
        }
        else
        {
            bench.Plans.AddPlan(new ScriptPlanLoadResult
            {
                Path = Bench.Plan,
                ContinueBackupOnFailure = continueOnFailure,
                FsFreezeEnabled = freeze,
                Errors = [new SnapshotError(ErrorCodes.IncorrectJSONConfigFile, "a comma is missing")],
            });
        }

        Arrange(bench, incident);

        var report = await bench.RunAsync(new SnapshotRequest
        {
            Consistency = Application,
            Volumes = bench.Volumes("/data", "/log"),
            PlanPaths = [Bench.Plan],
            SingleDiskFallback = singleDisk,
        }, TestContext.Current.CancellationToken);

        Assert.Equal(expected, report.Consistency);
        Assert.Equal(expected is None ? SnapshotOutcome.Failed : SnapshotOutcome.Degraded, report.Outcome);
        Assert.Equal(incident is "PostScriptFails" or "PostScriptTimesOut" or "ThawFails", report.LeftBehind.Count > 0);
        var scriptRan = incident is not ("ScriptNotPermitted" or "PlanMissing" or "PrepareFails");
        Assert.Equal(scriptRan ? 1 : 0, bench.PlanParticipants.Sum(static participant => participant.Resumed));
    }

    [Fact]
    public async Task A_minimum_overrides_the_single_disk_exception()
    {
        var bench = new Bench();
        bench.Host.PersistentDisks = 1;
        bench.Plans.AddPlan(Bench.Plan, continueBackupOnFailure: false);
        Arrange(bench, "PreScriptFails");

        var report = await bench.RunAsync(new SnapshotRequest
        {
            Consistency = Application,
            Volumes = bench.Volumes("/data"),
            PlanPaths = [Bench.Plan],
            SingleDiskFallback = true,
            Minimum = Files,
        }, TestContext.Current.CancellationToken);

        Assert.Equal(SnapshotOutcome.Failed, report.Outcome);
        Assert.DoesNotContain(FakeBackendPhase.Cut, bench.Backend.Calls);
    }

    [Theory]
    [InlineData(1, true, Crash)]
    [InlineData(2, true, None)]
    [InlineData(1, false, None)]
    public async Task The_single_disk_exception_is_the_backends_default_and_needs_exactly_one_disk(int disks, bool byDefault, ConsistencyLevel expected)
    {
        var bench = new Bench();
        bench.Host.PersistentDisks = disks;
        bench.Backend.SingleDiskFallbackByDefault = byDefault;
        bench.Plans.AddPlan(Bench.Plan, continueBackupOnFailure: false);
        Arrange(bench, "PreScriptFails");

        var report = await bench.RunAsync(
            new SnapshotRequest { Consistency = Application, Volumes = bench.Volumes("/data"), PlanPaths = [Bench.Plan] },
            TestContext.Current.CancellationToken);

        Assert.Equal(expected, report.Consistency);
    }

    [Fact]
    public void Every_incident_has_a_rule_and_strictness_never_raises_a_level()
    {
        foreach (var incident in Enum.GetValues<Incident>())
        {
            foreach (var freeze in new[] { true, false })
            {
                var lenient = new FailurePolicy(ContinueOnFailure: true, freeze, SingleDisk: false).CeilingAfter(incident);
                var exception = new FailurePolicy(ContinueOnFailure: false, freeze, SingleDisk: true).CeilingAfter(incident);
                var strict = new FailurePolicy(ContinueOnFailure: false, freeze, SingleDisk: false).CeilingAfter(incident);
                Assert.True(lenient >= exception && exception >= strict, $"{incident}: {lenient} {exception} {strict}");
                Assert.Equal(None, strict);
            }
        }
    }

    private static void Arrange(Bench bench, string incident)
    {
        var failed = ParticipantResult.Failed(new SnapshotError(ErrorCodes.PreScriptExecutionFailed, "exit code 1"));
        bench.OnPlanParticipant = participant => Arrange(participant, incident, failed);
        _ = incident switch
        {
            "ScriptNotPermitted" => (object)bench.Guard.Refuse(Bench.Plan, Refused),
            "PrepareFails" => bench.Backend.On(FakeBackendPhase.Prepare, FakeFault.Throw(new SnapshotBackendException("no space"))),
            "CutFails" => bench.Backend.On(FakeBackendPhase.Cut, FakeFault.Throw(new SnapshotBackendException("no space"))),
            "CompleteFails" => bench.Backend.On(FakeBackendPhase.Complete, FakeFault.Throw(new SnapshotBackendException("checksum"))),
            "FreezeFails" => bench.Freezer.On(FakeFreezePhase.Freeze, FakeFault.Throw(new FreezeException([new SnapshotError(ErrorCodes.FreezeFailed, "EIO")]))),
            "FreezeLost" => bench.Backend.On(FakeBackendPhase.Cut, FakeFault.Run(() => bench.Freezer.ThawBehindTheBack("/data"))),
            "ThawFails" => bench.Freezer.CannotThaw = true,
            _ => bench,
        };
    }

    private static void Arrange(FakeParticipant participant, string incident, ParticipantResult failed)
    {
        switch (incident)
        {
            case "PreScriptFails":
                participant.QuiesceResult = failed;
                break;
            case "PreScriptTimesOut":
                participant.On(FakeParticipantPhase.Quiesce, FakeFault.Hang());
                break;
            case "NoLongerQuiesced":
                participant.StaysQuiesced = false;
                break;
            case "PostScriptFails":
                participant.ResumeResult = failed;
                break;
            case "PostScriptTimesOut":
                participant.On(FakeParticipantPhase.Resume, FakeFault.Hang());
                break;
            default:
                break;
        }
    }
}
