using System.Text.Json;
using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Freezing.Process;

// The promise of this class
// -------------------------
// - It never thaws while the freezer lives. When the freezer is dead, it thaws what the freezer had frozen or was freezing.
// - A freezer that does not thaw in time, because somebody stopped it, is killed, and then as above.
// - Whoever waits for the end of a freeze gets it, whatever becomes of the freezer.

/// <summary>The host's side of one freezer: an engine whose commands are messages.</summary>
internal sealed partial class FreezerProcess : IFreezer, IFreezeEngine, IResumeGuard
{
    // A dying freezer is looked for this often, but only while something may be frozen.
    private const int WindowPollMilliseconds = 20;
    private const int IdlePollMilliseconds = 1000;
    private const int HangUpMilliseconds = 2000;

    /// <summary>How long after the limit, or the release, the freezer may take to say that it has thawed. Its own patience is half of it.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly IFreezerLink _link;
    private readonly IFreezeSystemCalls _kernel;
    private readonly TimeProvider _timeProvider;
    private readonly FreezeTarget[] _targets;
    private readonly TaskCompletionSource<FreezerWeakness> _armed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _hungUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Action<FreezeNotice>? _notify;
    private FreezeNotice? _last;
    private DateTimeOffset _askedAt;
    private long _askedTimestamp;
    private TimeSpan? _due;
    private int _obligations;
    private bool _isFreezing;
    private bool _isSettled;
    private bool _isHangingUp;
    private bool _isDead;
    private bool _isClosed;

    public FreezerProcess(IFreezerLink link, IFreezeSystemCalls kernel, TimeProvider timeProvider, IReadOnlyList<FreezeTarget> targets)
    {
        _link = link;
        _kernel = kernel;
        _timeProvider = timeProvider;
        _targets = [.. targets];
        foreach (var target in _targets)
        {
            _ = target.Descriptor.Retain();
        }
    }

    public bool IsOutside => true;

    public IReadOnlyList<SnapshotError> Warnings { get; private set; } = [];

    /// <summary>The freezer's process.</summary>
    public int ProcessId => _link.ProcessId;

    /// <summary>Completes when the conversation is over.</summary>
    public Task HungUp => _hungUp.Task;

    /// <summary>Where the freezer is with one file system.</summary>
    public FreezePhase Phase(int target)
    {
        lock (_gate)
        {
            return _isClosed ? FreezePhase.Waiting : (FreezePhase)_link.Progress(target);
        }
    }

    /// <summary>Listens, and waits until the freezer is armed.</summary>
    /// <exception cref="TimeoutException">It is not, after all this time.</exception>
    /// <exception cref="IOException">It ended.</exception>
    public async Task<FreezerWeakness> ArmAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        new Thread(Listen) { Name = "acsnap freezer", IsBackground = true }.Start();
        var weakness = await _armed.Task.WaitAsync(limit, _timeProvider, cancellationToken).ConfigureAwait(false);
        Warnings = FreezerWeaknesses.Describe(weakness);
        return weakness;
    }

    /// <summary>Ends it. What it had frozen is thawed in its place.</summary>
    public void Kill()
    {
        lock (_gate)
        {
            if (!_isClosed)
            {
                _link.Kill();
            }
        }
    }

    public IFreezeEngine Start(Action<FreezeNotice> notify)
    {
        lock (_gate)
        {
            _notify = _notify is null ? notify : throw new InvalidOperationException("A freezer freezes once.");
        }

        return this;
    }

    public void Freeze(TimeSpan limit)
    {
        lock (_gate)
        {
            if (_isFreezing)
            {
                return;
            }

            _isFreezing = true;
            _askedAt = _timeProvider.GetUtcNow();
            _askedTimestamp = _timeProvider.GetTimestamp();
            _due = limit + Grace;
            if (!_isDead)
            {
                // Where this fails it is dead, and the listener takes note of it.
                _ = Send(HostMessage.Freeze, ticks: limit.Ticks);
                _link.Wake();
                return;
            }
        }

        _ = ThreadPool.UnsafeQueueUserWorkItem(static process => process.TellOfDeath(null), this, preferLocal: false);
    }

    public void Probe(int number)
    {
        lock (_gate)
        {
            _ = Send(HostMessage.Probe, number: number);
        }
    }

    public void Release()
    {
        lock (_gate)
        {
            var due = _timeProvider.GetElapsedTime(_askedTimestamp) + Grace;
            _due = _due > due ? due : _due;
            _ = Send(HostMessage.Release);
        }
    }

    public int? Owe(ResumeObligation obligation)
    {
        var text = JsonSerializer.SerializeToUtf8Bytes(obligation, ResumeObligationJsonContext.Default.ResumeObligation);
        var message = new byte[FreezerProtocol.HeadSize + text.Length];
        text.CopyTo(message.AsSpan(FreezerProtocol.HeadSize));
        lock (_gate)
        {
            FreezerProtocol.WriteHead(message, (byte)HostMessage.Owe, number: _obligations);
            return message.Length <= FreezerProtocol.Largest && !_isDead && !_isClosed && _link.Send(message) == Errno.None ? _obligations++ : null;
        }
    }

    public void Enter(int? obligation, ObligationStage stage)
    {
        lock (_gate)
        {
            if (obligation is { } number)
            {
                _ = Send(HostMessage.Stage, (byte)stage, number);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        bool isInUse;
        lock (_gate)
        {
            _isHangingUp = true;
            isInUse = _isFreezing && !_isSettled;
            if (!_isClosed)
            {
                _link.Wake();
            }
        }

        if (!isInUse)
        {
            await _hungUp.Task.ConfigureAwait(false);
        }
    }

    private Errno Send(HostMessage kind, byte detail = 0, int number = 0, long ticks = 0)
    {
        Span<byte> message = stackalloc byte[FreezerProtocol.HeadSize];
        FreezerProtocol.WriteHead(message, (byte)kind, detail, number, ticks);
        return _isClosed ? Errno.EPIPE : _link.Send(message);
    }
}
