using AppConsistentSnapshot.Backends;
using AppConsistentSnapshot.Journals;

namespace AppConsistentSnapshot.Testing.Crashes;

/// <summary>What outlives a process in a scene: mounts, files, applications, snapshots.</summary>
internal sealed class CrashWorld
{
    private CrashScript _freezingScript = new();

    public CrashWorld(CrashScene scene)
    {
        Scene = scene;
        FreezeController = new FakeFreezeController(new SwitchingClock(() => _freezingScript));
        foreach (var volume in scene.Volumes)
        {
            FreezeController.AddMount(volume.Path);
        }

        Backends = [.. scene.Volumes.Select(static volume => volume.Backend).Distinct()];
    }

    public CrashScene Scene { get; }

    public FakeHostState Host { get; } = new();

    public FakeFreezeController FreezeController { get; }

    public CrashLedger Ledger { get; } = new();

    public IReadOnlyList<ISnapshotBackend> Backends { get; }

    /// <summary>The participants whose resume was known to have succeeded when the process died.</summary>
    public IReadOnlyList<string> KnownAsResumed { get; private set; } = [];

    public CrashProcess StartProcess(CrashScript script)
    {
        _freezingScript = script;
        return new CrashProcess(this, Host.StartProcess(), script);
    }

    /// <summary>Reads what the journal says of what is known.</summary>
    public void NoteDeath()
    {
        var records = Host.Files.Where(static file => file.EndsWith(".run.jsonl", StringComparison.Ordinal))
            .SelectMany(file => JournalLines.Read(Host.Read(file), out _)).ToList();
        KnownAsResumed =
        [
            .. records.Where(static record => record is { Event: JournalEvent.Resumed, Status: Reports.StepStatus.Succeeded })
                .Select(static record => record.Participant!),
        ];
    }
}
