using AppConsistentSnapshot;
using AppConsistentSnapshot.Testing;

var kernel = new FakeFreezeController().AddMount("/data");
var database = new FakeParticipant("database");
var orchestrator = SnapshotOrchestratorFactory.Create(components: new SnapshotComponents
{
    FreezeController = kernel,
    PlanLoader = new FakeScriptPlanLoader(),
    PermissionGuard = new FakePermissionGuard(),
    ScriptParticipants = FakeParticipant.ForPlan,
});

var report = await orchestrator.RunAsync(new SnapshotRequest
{
    Consistency = ConsistencyLevel.Application,
    Volumes = [new SnapshotVolume("/data", new FakeSnapshotBackend())],
    Participants = [database],
});

Console.WriteLine($"{report.Outcome}: {report.Consistency} consistent, {report.Snapshots.Count} snapshot");
Console.WriteLine($"quiesced {database.Quiesced} time, resumed {database.Resumed} time, still frozen: {kernel.Frozen.Count}");
return report.Outcome == SnapshotOutcome.Succeeded ? 0 : 1;
