using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Freezing.Process;

/// <summary>Thaws in the place of a freezer that is dead: what it had noted as frozen, or was about to freeze or thaw, and nothing else.</summary>
internal sealed class FreezerTakeover
{
    private readonly IFreezerLink? _link;
    private readonly IFreezeSystemCalls _kernel;
    private readonly TimeProvider _timeProvider;
    private readonly FreezeTarget[] _targets;
    private readonly FreezeNotice? _last;
    private readonly DateTimeOffset _frozenAt;
    private readonly long _windowStart;
    private readonly FreezeStatus[] _statuses;
    private readonly TimeSpan _releasedAfter;

    /// <param name="link">The dead freezer, or null where it died before it was asked to freeze.</param>
    /// <param name="kernel">The calls.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="targets">The file systems.</param>
    /// <param name="last">What it told last.</param>
    /// <param name="askedAt">When it was asked to freeze.</param>
    /// <param name="askedTimestamp">The same by the clock that never jumps.</param>
    public FreezerTakeover(
        IFreezerLink? link, IFreezeSystemCalls kernel, TimeProvider timeProvider, FreezeTarget[] targets, FreezeNotice? last, DateTimeOffset askedAt, long askedTimestamp)
    {
        _link = link;
        _kernel = kernel;
        _timeProvider = timeProvider;
        _targets = targets;
        _last = last;
        _windowStart = askedTimestamp;
        _frozenAt = last?.FrozenAt ?? askedAt;
        _statuses = last is null ? new FreezeStatus[targets.Length] : [.. last.Targets];
        _releasedAfter = Elapsed();
        for (var i = 0; i < targets.Length; i++)
        {
            var phase = (FreezePhase)(link?.Progress(i) ?? 0);
            _statuses[i].Phase = phase == FreezePhase.Waiting ? FreezePhase.Skipped : phase;
        }
    }

    /// <summary>Returns when all is thawed, which takes as long as the kernel holds what the dead freezer was calling.</summary>
    public void Run(Action<FreezeNotice> notify)
    {
        notify(Notice(FreezeNoticeKind.Released));
        Task[] thaws = [.. Enumerable.Range(0, _targets.Length).Where(i => !_statuses[i].IsAtRest).Select(ThawAsync)];
        _ = Task.WaitAll(thaws, FreezeEngine.BlockedPatience);
        notify(Notice(FreezeNoticeKind.Ended));
        Task.WaitAll(thaws);
        notify(Notice(FreezeNoticeKind.Settled));
    }

    private async Task ThawAsync(int target)
    {
        var phase = _statuses[target].Phase;
        var start = Elapsed();
        var errno = await DedicatedThread.RunAsync("thaw", () =>
        {
            // Its call may still succeed in the kernel: only when the process is gone, so are its calls.
            if (phase != FreezePhase.Frozen)
            {
                _link!.WaitUntilGone();
            }

            return _kernel.Thaw(_targets[target].Descriptor.Handle);
        }).ConfigureAwait(false);
        lock (_statuses)
        {
            Record(ref _statuses[target], phase, errno, start);
        }
    }

    private void Record(ref FreezeStatus status, FreezePhase phase, Errno errno, TimeSpan start)
    {
        // Not frozen: its FIFREEZE failed, or its FITHAW had succeeded. Only what it held for certain can have been lost.
        var wasNotHeld = errno == Errno.EINVAL && phase != FreezePhase.Frozen;
        status.Phase = wasNotHeld && phase == FreezePhase.Freezing ? FreezePhase.Skipped : FreezePhase.Thawed;
        status.ThawErrno = wasNotHeld ? Errno.None : errno;
        status.FreezeEnd ??= status.Phase == FreezePhase.Thawed ? status.FreezeStart : null;
        status.ThawStart ??= start;
        status.ThawEnd = Elapsed();
    }

    private FreezeNotice Notice(FreezeNoticeKind kind)
    {
        lock (_statuses)
        {
            var isTouched = _last?.FrozenAt is not null || _statuses.Any(static status => status.Phase is not (FreezePhase.Skipped or FreezePhase.Waiting));
            return new FreezeNotice
            {
                Kind = kind,
                Probe = _last?.Probe ?? 0,
                Release = FreezeRelease.FreezerDied,
                FrozenAt = isTouched ? _frozenAt : null,
                ReleasedAfter = _releasedAfter,
                Elapsed = Elapsed(),
                Targets = [.. _statuses],
            };
        }
    }

    private TimeSpan Elapsed() => _timeProvider.GetElapsedTime(_windowStart);
}
