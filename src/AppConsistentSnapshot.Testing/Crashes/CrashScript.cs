using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Testing.Crashes;

/// <summary>Everything that one process does passes here: one place can be made to fail, to hang, or to be the last that it comes to.</summary>
internal sealed class CrashScript
{
    private readonly Lock _gate = new();
    private readonly List<CrashBoundary> _passed = [];
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _killed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string? _target;
    private readonly CrashModes _mode;
    private int _inside;

    /// <param name="target">The place, or null for none.</param>
    /// <param name="mode">What happens there.</param>
    public CrashScript(string? target = null, CrashModes mode = CrashModes.None)
    {
        _target = target;
        _mode = mode;
    }

    /// <summary>The place where something happens, or null for none.</summary>
    public string? Target => _target;

    /// <summary>Every place that was passed, in order.</summary>
    public IReadOnlyList<CrashBoundary> Passed
    {
        get
        {
            lock (_gate)
            {
                return [.. _passed];
            }
        }
    }

    /// <summary>Completes when the process dies.</summary>
    public Task Killed => _killed.Task;

    public bool IsKilled => _killed.Task.IsCompleted;

    /// <summary>Passes a place. What is dead never comes back from it.</summary>
    public async Task PassAsync(string name, CrashModes modes, CancellationToken token)
    {
        switch (Enter(name, modes))
        {
            case CrashModes.Throw:
                throw new InvalidOperationException($"The crash harness lets the call fail {name}.");
            case CrashModes.Hang:
                await Task.Delay(Timeout.InfiniteTimeSpan, SystemClock.Instance, token).ConfigureAwait(false);
                break;
            case CrashModes.Kill:
                await Never().ConfigureAwait(false);
                break;
        }
    }

    /// <summary>Makes a call between two places.</summary>
    public async Task<T> RunAsync<T>(string name, CrashModes before, CrashModes after, Func<ValueTask<T>> call, CancellationToken token)
    {
        await PassAsync($"before {name}", before, token).ConfigureAwait(false);
        if (!TryGoInside())
        {
            await Never().ConfigureAwait(false);
        }

        T result;
        try
        {
            result = await call().ConfigureAwait(false);
        }
        finally
        {
            _ = Interlocked.Decrement(ref _inside);
        }

        await PassAsync($"after {name}", after, token).ConfigureAwait(false);
        return result;
    }

    /// <summary>Waits until nothing is under way any more that was begun before the process died: a kill stops every thread at once.</summary>
    public async Task SettleAsync()
    {
        while (Volatile.Read(ref _inside) > 0)
        {
            await Task.Yield();
        }
    }

    /// <summary>Does something that cannot wait: it may fail before or after it was done, and the process may die before, in or after it.</summary>
    public Errno Act(string name, Func<Errno> action, Func<Errno>? half = null)
    {
        if (Enter($"before {name}", CrashModes.Throw | CrashModes.Kill) is not CrashModes.None)
        {
            return Errno.EIO;
        }

        if (half is not null && Enter($"in {name}", CrashModes.Kill) is not CrashModes.None)
        {
            _ = half();
            return Errno.EIO;
        }

        if (!TryGoInside())
        {
            return Errno.EIO;
        }

        var errno = action();
        _ = Interlocked.Decrement(ref _inside);
        return Enter($"after {name}", CrashModes.Throw | CrashModes.Kill) is CrashModes.None ? errno : Errno.EIO;
    }

    /// <summary>Waits for good, where the process is dead.</summary>
    public Task StopIfKilledAsync() => IsKilled ? Never() : Task.CompletedTask;

    private static Task Never() => new TaskCompletionSource().Task;

    private bool TryGoInside()
    {
        lock (_gate)
        {
            if (IsKilled)
            {
                return false;
            }

            _ = Interlocked.Increment(ref _inside);
            return true;
        }
    }

    private CrashModes Enter(string name, CrashModes modes)
    {
        lock (_gate)
        {
            if (IsKilled)
            {
                return CrashModes.Kill;
            }

            var count = _counts[name] = _counts.GetValueOrDefault(name) + 1;
            var boundary = new CrashBoundary(count == 1 ? name : $"{name} #{count}", modes);
            _passed.Add(boundary);
            if (boundary.Name != _target || !modes.HasFlag(_mode))
            {
                return CrashModes.None;
            }

            if (_mode is CrashModes.Kill)
            {
                _ = _killed.TrySetResult();
            }

            return _mode;
        }
    }
}
