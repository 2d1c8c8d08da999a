using AppConsistentSnapshot.Plans;
using AppConsistentSnapshot.Reports;
using AppConsistentSnapshot.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace AppConsistentSnapshot.Tests.Orchestration;

/// <summary>An orchestrator with everything around it faked, and the invariants that hold after every run.</summary>
internal sealed class Bench
{
    public const string Plan = "/etc/azure/VMSnapshotScriptPluginConfig.json";

    public FakeTimeProvider Time { get; } = new() { AutoAdvanceAmount = TimeSpan.Zero };

    public SnapshotOptions Options { get; } = new();

    public FakeScriptPlanLoader Plans { get; } = new();

    public FakePermissionGuard Guard { get; } = new();

    public FakeFreezeController Freezer { get; }

    public FakeSnapshotBackend Backend { get; }

    public FakeHostFacts Host { get; } = new();

    public FakeLogCollector Log { get; } = new();

    public List<FakeParticipant> PlanParticipants { get; } = [];

    /// <summary>The plans that participants were made of.</summary>
    public List<ScriptPlan> UsedPlans { get; } = [];

    /// <summary>Called for every participant that is made of a plan.</summary>
    public Action<FakeParticipant> OnPlanParticipant { get; set; } = static _ => { };

    public Bench()
    {
        Freezer = new FakeFreezeController(Time).AddMount("/").AddMount("/data").AddMount("/log").AddMount("/nfs", "nfs").AddMount("/tmp", "tmpfs");
        Backend = new FakeSnapshotBackend(timeProvider: Time);
    }

    public ISnapshotOrchestrator Create() => SnapshotOrchestratorFactory.Create(Options, new SnapshotComponents
    {
        PlanLoader = Plans,
        PermissionGuard = Guard,
        FreezeController = Freezer,
        HostFacts = Host,
        TimeProvider = Time,
        LoggerFactory = LoggerFactory.Create(builder => builder.AddProvider(new FakeLoggerProvider(Log))),
        ScriptParticipants = plan =>
        {
            var participant = FakeParticipant.ForPlan(plan);
            UsedPlans.Add(plan.Plan);
            PlanParticipants.Add(participant);
            OnPlanParticipant(participant);
            return participant;
        },
    });

    public SnapshotVolume[] Volumes(params string[] paths) => [.. paths.Select(path => new SnapshotVolume(path, Backend))];

    /// <summary>Runs, moves the clock while the run waits for it, and checks what must hold after any run.</summary>
    public async Task<SnapshotReport> RunAsync(SnapshotRequest request, CancellationToken cancellationToken = default, params FakeParticipant[] participants)
    {
        var run = Create().RunAsync(request, progress: null, cancellationToken);
        await Clock.MoveUntilAsync(Time, run);
        var report = await run;
        Invariants.Check(this, report, [.. PlanParticipants, .. request.Participants.OfType<FakeParticipant>(), .. participants]);
        return report;
    }
}
