namespace AppConsistentSnapshot.Diagnostics;

// The promise of this class
// -------------------------
// - While somebody keeps it quiet nobody enters, and nobody is kept waiting for that but who asked to wait.
// - Who entered before is waited for, but not for ever: a sink that hangs must not keep a run from freezing.

/// <summary>The time between the first freeze and the last thaw, in which this library hands nothing to anybody who may write it to a disk.</summary>
internal sealed class QuietPeriod
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly TimeProvider _timeProvider;
    private readonly HashSet<object> _keepers = [];
    private TaskCompletionSource _ended = Completed();
    private TaskCompletionSource? _empty;
    private int _inside;

    public QuietPeriod(TimeProvider timeProvider) => _timeProvider = timeProvider;

    /// <summary>Completes when it is over; at once where nobody keeps it.</summary>
    public Task Ended
    {
        get
        {
            lock (_gate)
            {
                return _ended.Task;
            }
        }
    }

    /// <summary>Begins it, and waits a moment for those that are still inside.</summary>
    /// <returns>What <see cref="End"/> takes.</returns>
    public async Task<object> BeginAsync()
    {
        var keeper = new object();
        Task empty;
        lock (_gate)
        {
            if (_keepers.Count == 0)
            {
                _ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            _ = _keepers.Add(keeper);
            _empty ??= _inside == 0 ? null : new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            empty = _empty?.Task ?? Task.CompletedTask;
        }

        try
        {
            await empty.WaitAsync(Patience, _timeProvider).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // It blocks already, before anything is frozen; the freeze does not make that worse.
        }

        return keeper;
    }

    /// <summary>Ends it. Null, or a second time, changes nothing.</summary>
    public void End(object? keeper)
    {
        lock (_gate)
        {
            if (keeper is not null && _keepers.Remove(keeper) && _keepers.Count == 0)
            {
                _ = _ended.TrySetResult();
            }
        }
    }

    /// <summary>Enters where it is not quiet; then <see cref="Leave"/> is owed.</summary>
    public bool TryEnter()
    {
        lock (_gate)
        {
            if (_keepers.Count > 0)
            {
                return false;
            }

            _inside++;
            return true;
        }
    }

    public void Leave()
    {
        lock (_gate)
        {
            if (--_inside == 0)
            {
                _ = _empty?.TrySetResult();
                _empty = null;
            }
        }
    }

    private static TaskCompletionSource Completed()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }
}
