using AppConsistentSnapshot.Interop;
using AppConsistentSnapshot.Journals;
using AppConsistentSnapshot.Participants;
using AppConsistentSnapshot.Recovery;
using AppConsistentSnapshot.Reports;
using AppConsistentSnapshot.Testing;
using AppConsistentSnapshot.Testing.Crashes;

namespace AppConsistentSnapshot.Tests.Recovery;

/// <summary>A host with journals that a test wrote, and a recovery on it.</summary>
internal sealed class RecoveryBench
{
    public const string RunId = "20260101t000000z-00000001";
    public const string RunFile = "/var/lib/acsnap/" + RunId + ".run.jsonl";
    public const string FreezeFile = "/run/acsnap/" + RunId + ".freeze.jsonl";

    private static readonly DateTimeOffset At = DateTimeOffset.UnixEpoch;

    public RecoveryBench()
    {
        Dead = Host.StartProcess();
        Host.Kill(Dead);
        Self = Host.StartProcess();
        Processes = new FakeProcessTable(Host, Self);
        Freezer.AddMount("/data").AddMount("/log");
    }

    public FakeHostState Host { get; } = new();

    /// <summary>The process that died.</summary>
    public ProcessIdentity Dead { get; }

    public ProcessIdentity Self { get; }

    public FakeProcessTable Processes { get; }

    public FakeFreezeController Freezer { get; } = new();

    public FakeSnapshotBackend Backend { get; } = new();

    public FakeParticipant Participant { get; } = new("db");

    public SnapshotOptions Options { get; } = new() { GracePeriod = TimeSpan.Zero };

    public string BootId { get; } = new FakeHostFacts().BootId!;

    public static JournalRecord Of(JournalEvent @event) => new() { Event = @event, At = At };

    public static JournalMount Mount(string path, string device = "7:1") => new() { Path = path, Device = device, FileSystem = "ext4" };

    public static JournalRecord Quiescing(int index, string id, ParticipantKind kind = ParticipantKind.Application, string state = "s") =>
        Of(JournalEvent.Quiescing) with { Index = index, Participant = id, Kind = kind, State = state, Volumes = ["/data"] };

    public static JournalRecord Resumed(int index, StepStatus status) => Of(JournalEvent.Resumed) with { Index = index, Status = status };

    public static JournalRecord Prepared(string backend = "fake") => Of(JournalEvent.Prepared) with { Backend = backend, State = RunId };

    public JournalRecord Header(ProcessIdentity? owner = null, string? bootId = null) => Of(JournalEvent.RunStarted) with
    {
        Format = 1,
        RunId = RunId,
        BootId = bootId ?? BootId,
        Owner = owner ?? Dead,
    };

    public void WriteRun(params JournalRecord[] records) => Write(RunFile, records);

    public void WriteFreeze(params JournalRecord[] records) => Write(FreezeFile, records);

    public IReadOnlyList<JournalRecord> ReadRun() => JournalLines.Read(Host.Read(RunFile) ?? [], out _);

    public Task<RecoveryReport> RecoverAsync() => RecoverAsync(new RecoveryRequest { Backends = [Backend], Participants = [Participant] });

    public Task<RecoveryReport> RecoverAsync(RecoveryRequest request) =>
        SnapshotRecoveryFactory.Create(Options, Components()).RecoverAsync(request, TestContext.Current.CancellationToken);

    public SnapshotComponents Components(CrashScript? script = null) => new()
    {
        PlanLoader = new FakeScriptPlanLoader(),
        PermissionGuard = new FakePermissionGuard(),
        FreezeController = Freezer,
        ScriptParticipants = FakeParticipant.ForPlan,
        HostFacts = new FakeHostFacts(),
        JournalHome = new JournalHome(new FakeJournalFolders(Host, Self, script ?? new CrashScript()), Processes),
        MountThaw = new FakeMountThaw(Freezer, script ?? new CrashScript()),
    };

    private void Write(string path, JournalRecord[] records)
    {
        foreach (var record in records)
        {
            Host.Write(path, JournalLines.Write(record), append: true);
        }
    }
}
