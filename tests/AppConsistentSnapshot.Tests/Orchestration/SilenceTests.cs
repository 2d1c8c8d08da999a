using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Interop;
using AppConsistentSnapshot.Participants;
using AppConsistentSnapshot.Reports;
using AppConsistentSnapshot.Testing;

namespace AppConsistentSnapshot.Tests.Orchestration;

/// <summary>Between freeze and thaw nothing reaches anybody who may write it to a disk.</summary>
public sealed class SilenceTests : IProcessFiles
{
    private readonly FakeFreezeController _freezer = new FakeFreezeController().AddMount("/").AddMount("/data");
    private readonly FakeSnapshotBackend _backend = new();
    private readonly List<(int Descriptor, string Path)> _written = [];

    public string? WorkingDirectory { get; set; } = "/";

    public string TempFolder { get; set; } = "/tmp";

    public IReadOnlyList<(int Descriptor, string Path)> FindWritten() => _written;

    [Fact]
    public async Task Progress_is_held_back_until_the_thaw_and_comes_in_order_with_its_own_time()
    {
        var seen = new List<(StepName Step, bool WasFrozen, DateTimeOffset At)>();
        _backend.On(FakeBackendPhase.Cut, FakeFault.Delay(TimeSpan.FromMilliseconds(50)));
        var report = await RunAsync(new CallbackProgress(progress => seen.Add((progress.Step, _freezer.Frozen.Count > 0, progress.At))));

        Assert.Equal(SnapshotOutcome.Succeeded, report.Outcome);
        Assert.DoesNotContain(seen, static item => item.WasFrozen);
        Assert.Contains(seen, static item => item.Step is StepName.Cut);
        Assert.Equal(seen.Select(static item => item.At).Order(), seen.Select(static item => item.At));
    }

    [Fact]
    public async Task It_ends_also_where_the_freeze_fails_or_the_cut_throws()
    {
        _freezer.On(FakeFreezePhase.Freeze, FakeFault.Throw(new InvalidOperationException("a defect")));
        var seen = new List<StepName>();
        _ = await RunAsync(new CallbackProgress(progress => seen.Add(progress.Step)));

        Assert.Contains(StepName.RollBack, seen);
    }

    [Fact]
    public async Task What_this_process_writes_to_a_file_system_to_be_frozen_is_a_warning_each()
    {
        _written.AddRange([(1, "/data/out.txt"), (7, "/data/log.txt"), (8, "/var/log/other.log")]);
        WorkingDirectory = "/data/work";
        TempFolder = "/data/tmp";
        var report = await RunAsync();

        var warnings = report.Warnings.Where(static warning => warning.Is(ErrorCodes.WritesToFrozenFileSystem)).ToList();
        Assert.Equal(["/data/out.txt", "/data/log.txt", "/data/work", "/data/tmp"], warnings.Select(static warning => warning.Path!));
        Assert.Contains("standard output", warnings[0].Message, StringComparison.Ordinal);
        Assert.Equal(SnapshotOutcome.Succeeded, report.Outcome);
    }

    [Fact]
    public async Task They_are_explained_too()
    {
        _written.Add((2, "/data/err.txt"));
        var explanation = await Create().ExplainAsync(Request(), TestContext.Current.CancellationToken);

        Assert.Contains(explanation.Warnings, static warning => warning.Is(ErrorCodes.WritesToFrozenFileSystem) && warning.Path == "/data/err.txt");
    }

    [Fact]
    public async Task Where_nothing_is_frozen_there_is_no_hazard()
    {
        _written.Add((7, "/data/log.txt"));
        var report = await RunAsync(participant: new FakeParticipant { Info = new ParticipantInfo { FreezeFileSystems = false } });

        Assert.Empty(report.Warnings);
    }

    private Task<SnapshotReport> RunAsync(IProgress<SnapshotProgress>? progress = null, FakeParticipant? participant = null) =>
        Create().RunAsync(Request(participant), progress, TestContext.Current.CancellationToken);

    private SnapshotRequest Request(FakeParticipant? participant = null) => new()
    {
        Consistency = ConsistencyLevel.Application,
        Volumes = [new SnapshotVolume("/data", _backend)],
        Participants = [participant ?? new FakeParticipant()],
    };

    private ISnapshotOrchestrator Create() => SnapshotOrchestratorFactory.Create(null, new SnapshotComponents
    {
        PlanLoader = new FakeScriptPlanLoader(),
        PermissionGuard = new FakePermissionGuard(),
        FreezeController = _freezer,
        ScriptParticipants = FakeParticipant.ForPlan,
        HostFacts = new FakeHostFacts(),
        ProcessFiles = this,
    });
}
