using AppConsistentSnapshot.Backends;
using AppConsistentSnapshot.Interop;
using AppConsistentSnapshot.Journals;
using AppConsistentSnapshot.Recovery;
using AppConsistentSnapshot.Reports;

namespace AppConsistentSnapshot.Testing.Crashes;

/// <summary>A process in a scene: all that it does to the world goes through its script.</summary>
internal sealed class CrashProcess
{
    private readonly CrashWorld _world;
    private readonly ProcessIdentity _identity;
    private readonly MortalClock _clock;
    private readonly SnapshotComponents _components;
    private readonly Dictionary<ISnapshotBackend, CrashBackend> _backends;
    private readonly CrashParticipant[] _participants;

    public CrashProcess(CrashWorld world, ProcessIdentity identity, CrashScript script)
    {
        _world = world;
        _identity = identity;
        _clock = new MortalClock(script);
        Script = script;
        _components = new SnapshotComponents
        {
            PlanLoader = new FakeScriptPlanLoader(),
            PermissionGuard = new FakePermissionGuard(),
            FreezeController = new CrashFreezeController(world.FreezeController, script),
            ScriptParticipants = FakeParticipant.ForPlan,
            HostFacts = new FakeHostFacts(),
            TimeProvider = _clock,
            JournalHome = new JournalHome(new FakeJournalFolders(world.Host, identity, script), new FakeProcessTable(world.Host, identity)),
            MountThaw = new FakeMountThaw(world.FreezeController, script),
        };
        _backends = world.Backends.ToDictionary(static backend => backend, backend => new CrashBackend(backend, script, OnCut));
        _participants = [.. world.Scene.Participants.Select(participant => new CrashParticipant(participant, script, world.Ledger))];
    }

    public CrashScript Script { get; }

    /// <param name="hurry">Whether something is going to hang, so that limits are short.</param>
    public Task<SnapshotReport> RunAsync(bool hurry) => SnapshotOrchestratorFactory.Create(Options(hurry), _components).RunAsync(new SnapshotRequest
    {
        Consistency = _world.Scene.Consistency,
        ContinueOnFailure = _world.Scene.ContinueOnFailure,
        Volumes = [.. _world.Scene.Volumes.Select(volume => new SnapshotVolume(volume.Path, _backends[volume.Backend]))],
        Participants = _participants,
    });

    public Task<RecoveryReport> RecoverAsync() => SnapshotRecoveryFactory.Create(Options(hurry: false), _components).RecoverAsync(
        new RecoveryRequest { Backends = [.. _backends.Values], Participants = _participants });

    /// <summary>It ends, by itself or by a kill.</summary>
    public async Task DieAsync()
    {
        await Script.SettleAsync().ConfigureAwait(false);
        _world.Host.Kill(_identity);
    }

    private static SnapshotOptions Options(bool hurry)
    {
        var limit = hurry ? TimeSpan.FromMilliseconds(500) : TimeSpan.FromSeconds(30);
        return new SnapshotOptions
        {
            ParticipantLimit = limit,
            PrepareLimit = limit,
            FlushLimit = limit,
            CutLimit = limit,
            CompleteLimit = limit,
            RollBackLimit = limit,
            FreezeLimit = limit,
            GracePeriod = TimeSpan.Zero,
            BackendRetries = 0,
        };
    }

    private void OnCut()
    {
        var isFrozen = _world.Scene.Volumes.All(volume => _world.FreezeController.IsFrozen(volume.Path));
        _world.Ledger.NoteCut(_participants.Length, isFrozen);
    }
}
