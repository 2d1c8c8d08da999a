using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Freezing;

// The promise of this class
// -------------------------
// - It thaws what it froze, each exactly once, and never anything else: each file system belongs to one thread, and only that thread,
//   after its own FIFREEZE succeeded, calls FITHAW.
// - Once released (by the host, by a failure, by the limit), whatever is frozen is thawed, whatever else hangs. What is blocked in
//   FIFREEZE then cannot be interrupted; its thread thaws it as soon as it returns.
// - The limit needs no pool thread, no timer queue and no host.
// - It knows nothing of tasks, logs and paths, for it is to live in a process of its own.

/// <summary>The only place where FIFREEZE and FITHAW are called.</summary>
internal sealed partial class FreezeEngine : IFreezeEngine
{
    /// <summary>How long a thaw waits for those above it. Thawing out of order is not dangerous, only slower.</summary>
    internal static readonly TimeSpan OrderPatience = TimeSpan.FromMilliseconds(500);

    /// <summary>How long after the release the end is told although something still blocks.</summary>
    internal static readonly TimeSpan BlockedPatience = TimeSpan.FromSeconds(2);

    private const int StackSize = 256 * 1024;

    private readonly object _gate = new();
    private readonly IFreezeSystemCalls _kernel;
    private readonly TimeProvider _timeProvider;
    private readonly IFreezeProgress? _progress;
    private readonly Action<FreezeNotice> _notify;
    private readonly FreezeWorker[] _workers;
    private TimeSpan _limit;
    private int _level;
    private bool _freezing;
    private bool _allFrozen;
    private int _probe;
    private FreezeRelease _release;
    private bool _isDisorderly;
    private bool _isPatienceOver;
    private DateTimeOffset? _frozenAt;
    private long _windowStart;
    private long _releasedAt;

    /// <param name="kernel">The calls.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="targets">The file systems; the engine keeps their descriptors open as long as it needs them.</param>
    /// <param name="notify">Called for each notice, one after the other, on a thread of the engine. It must not block and must not throw.</param>
    /// <param name="progress">Told of every phase before the call that it stands for, where somebody outside needs to know.</param>
    public FreezeEngine(
        IFreezeSystemCalls kernel, TimeProvider timeProvider, IReadOnlyList<FreezeTarget> targets, Action<FreezeNotice> notify, IFreezeProgress? progress = null)
    {
        _kernel = kernel;
        _timeProvider = timeProvider;
        _notify = notify;
        _progress = progress;
        _workers = [.. targets.Select(static (target, index) => new FreezeWorker(target, index))];
        _level = _workers.Min(worker => worker.Level);
        _timer = timeProvider.CreateTimer(_ => OnTimer(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Starts the threads: one for each file system and one that watches the limit.</summary>
    public void Start()
    {
        foreach (var worker in _workers)
        {
            StartThread("freeze", () => Work(worker));
        }

        StartThread("freeze limit", Watch);
    }

    public void Freeze(TimeSpan limit)
    {
        lock (_gate)
        {
            _limit = _freezing ? _limit : limit;
            _freezing = true;
            Monitor.PulseAll(_gate);
        }
    }

    public void Probe(int number)
    {
        lock (_gate)
        {
            _probe = Math.Max(_probe, number);
            Monitor.PulseAll(_gate);
        }
    }

    public void Release()
    {
        lock (_gate)
        {
            ReleaseAll(FreezeRelease.Asked);
        }
    }

    private void ReleaseAll(FreezeRelease release)
    {
        if (_release != FreezeRelease.None)
        {
            return;
        }

        _release = release;
        _releasedAt = _timeProvider.GetTimestamp();
        Monitor.PulseAll(_gate);
        _wake.Set();
    }

    private void OpenWindow()
    {
        if (_frozenAt is null)
        {
            _frozenAt = _timeProvider.GetUtcNow();
            _windowStart = _timeProvider.GetTimestamp();
            _wake.Set();
        }
    }

    private TimeSpan SinceWindowStart() => _frozenAt is null ? TimeSpan.Zero : _timeProvider.GetElapsedTime(_windowStart);

    private static void StartThread(string name, ThreadStart run) =>
        new Thread(run, StackSize) { Name = name, IsBackground = true }.Start();
}
