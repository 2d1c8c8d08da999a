namespace AppConsistentSnapshot.Freezing;

/// <summary>The thread that watches the limit and sends the notices.</summary>
internal sealed partial class FreezeEngine
{
    private readonly WakeUp _wake = new();
    private readonly List<FreezeNotice> _due = [];
    private readonly ITimer _timer;
    private bool _frozenTold;
    private int _probeTold;
    private bool _releaseTold;
    private bool _endTold;
    private bool _settledTold;

    private void Watch()
    {
        while (true)
        {
            TimeSpan wait;
            lock (_gate)
            {
                CheckDeadlines();
                CollectNotices();
                wait = Remaining();
                _ = _timer.Change(wait, Timeout.InfiniteTimeSpan);
            }

            foreach (var notice in _due)
            {
                _notify(notice);
            }

            _due.Clear();
            if (_settledTold)
            {
                _timer.Dispose();
                return;
            }

            // With its own time-out: the timer's callback waits for a pool thread, and the pool may be exhausted by what waits for the thaw.
            _wake.Wait(wait);
        }
    }

    private void OnTimer()
    {
        lock (_gate)
        {
            CheckDeadlines();
        }

        _wake.Set();
    }

    private void CheckDeadlines()
    {
        if (_release == FreezeRelease.None)
        {
            if (_frozenAt is not null && SinceWindowStart() >= _limit)
            {
                ReleaseAll(FreezeRelease.Limit);
            }

            return;
        }

        var released = _timeProvider.GetElapsedTime(_releasedAt);
        if (!_isDisorderly && released >= OrderPatience)
        {
            _isDisorderly = true;
            Monitor.PulseAll(_gate);
        }

        _isPatienceOver |= released >= BlockedPatience;
    }

    private TimeSpan Remaining()
    {
        TimeSpan? remaining = (_release, _isDisorderly, _isPatienceOver) switch
        {
            (FreezeRelease.None, _, _) => _frozenAt is null ? null : _limit - SinceWindowStart(),
            (_, false, _) => OrderPatience - _timeProvider.GetElapsedTime(_releasedAt),
            (_, _, false) => BlockedPatience - _timeProvider.GetElapsedTime(_releasedAt),
            _ => null,
        };

        // Upwards to whole milliseconds: a timer that fires too early would find nothing due.
        return remaining is { } time ? TimeSpan.FromMilliseconds(Math.Max(0, Math.Ceiling(time.TotalMilliseconds))) : Timeout.InfiniteTimeSpan;
    }

    private void CollectNotices()
    {
        if (_allFrozen && !_frozenTold)
        {
            _frozenTold = true;
            Add(FreezeNoticeKind.Frozen);
        }

        if (_probeTold < AnsweredProbe())
        {
            _probeTold = AnsweredProbe();
            Add(FreezeNoticeKind.Probed);
        }

        if (_release != FreezeRelease.None && !_releaseTold)
        {
            _releaseTold = true;
            Add(FreezeNoticeKind.Released);
        }

        var isAtRest = _workers.All(worker => worker.Status.IsAtRest);
        if ((isAtRest || _isPatienceOver) && _release != FreezeRelease.None && !_endTold)
        {
            _endTold = true;
            Add(FreezeNoticeKind.Ended);
        }

        if (isAtRest && _endTold && !_settledTold)
        {
            _settledTold = true;
            Add(FreezeNoticeKind.Settled);
        }
    }

    // What was lost before has answered every later probe.
    private int AnsweredProbe() =>
        _workers.Min(worker => worker.Status.Phase == FreezePhase.Lost ? _probe : worker.Status.Probe);

    private void Add(FreezeNoticeKind kind) => _due.Add(new FreezeNotice
    {
        Kind = kind,
        Probe = _probeTold,
        Release = _release,
        FrozenAt = _frozenAt,
        ReleasedAfter = _release == FreezeRelease.None || _frozenAt is null ? null : _timeProvider.GetElapsedTime(_windowStart, _releasedAt),
        Elapsed = SinceWindowStart(),
        Targets = [.. _workers.Select(worker => worker.Status)],
    });
}
