namespace AppConsistentSnapshot.Freezing;

/// <summary>The host's end of the conversation with an engine: notices become tasks.</summary>
#pragma warning disable CA1001 // A source without a timer holds nothing, and callers may keep its token.
internal sealed class FreezeSession
#pragma warning restore CA1001
{
    private readonly Lock _gate = new();
    private readonly List<(int Number, TaskCompletionSource<FreezeNotice?> Answer)> _probes = [];
    private readonly TaskCompletionSource<FreezeNotice> _frozenOrEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<FreezeNotice> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<FreezeNotice> _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _expired = new();
    private readonly IFreezeEngine _engine;
    private bool _isReleased;
    private int _lastProbe;

    public FreezeSession(IFreezer freezer) => _engine = freezer.Start(OnNotice);

    /// <summary>Fires when the limit is over.</summary>
    public CancellationToken Expired => _expired.Token;

    /// <summary>Completes when everything that the engine could thaw is thawed.</summary>
    public Task<FreezeNotice> Ended => _ended.Task;

    /// <summary>Completes when the engine holds nothing any more; later than <see cref="Ended"/> where something blocked.</summary>
    public Task<FreezeNotice> Settled => _settled.Task;

    /// <summary>Freezes. Completes with what the engine told first: that everything is frozen, or that it ended.</summary>
    /// <param name="limit">When everything is thawed, from the first FIFREEZE.</param>
    public Task<FreezeNotice> FreezeAsync(TimeSpan limit)
    {
        _engine.Freeze(limit);
        return _frozenOrEnded.Task;
    }

    /// <summary>Asks whether everything still is frozen. Completes with null where it is being thawed.</summary>
    public Task<FreezeNotice?> ProbeAsync()
    {
        var answer = new TaskCompletionSource<FreezeNotice?>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_isReleased)
            {
                return Task.FromResult<FreezeNotice?>(null);
            }

            _probes.Add((++_lastProbe, answer));
            _engine.Probe(_lastProbe);
        }

        return answer.Task;
    }

    public void Release() => _engine.Release();

    private void OnNotice(FreezeNotice notice)
    {
        switch (notice.Kind)
        {
            case FreezeNoticeKind.Frozen:
                _ = _frozenOrEnded.TrySetResult(notice);
                break;
            case FreezeNoticeKind.Probed:
                Answer(probe => probe <= notice.Probe, notice);
                break;
            case FreezeNoticeKind.Released:
                OnReleased(notice);
                break;
            case FreezeNoticeKind.Ended:
                _ = _frozenOrEnded.TrySetResult(notice);
                _ = _ended.TrySetResult(notice);
                break;
            case FreezeNoticeKind.Settled:
                _ = _settled.TrySetResult(notice);
                break;
        }
    }

    private void OnReleased(FreezeNotice notice)
    {
        lock (_gate)
        {
            _isReleased = true;
        }

        Answer(static _ => true, null);
        if (notice.Release == FreezeRelease.Limit)
        {
            // Not Cancel: what the caller registered must not run on the engine's thread.
            _ = _expired.CancelAsync();
        }
    }

    private void Answer(Func<int, bool> isAnswered, FreezeNotice? notice)
    {
        List<TaskCompletionSource<FreezeNotice?>> answered;
        lock (_gate)
        {
            answered = [.. _probes.Where(probe => isAnswered(probe.Number)).Select(probe => probe.Answer)];
            _ = _probes.RemoveAll(probe => isAnswered(probe.Number));
        }

        foreach (var answer in answered)
        {
            answer.SetResult(notice);
        }
    }
}
