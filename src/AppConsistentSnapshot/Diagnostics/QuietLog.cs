using Microsoft.Extensions.Logging;

namespace AppConsistentSnapshot.Diagnostics;

/// <summary>Holds records back during a freeze, so many at most, and writes them after it in their order. It never blocks who logs.</summary>
internal sealed class QuietLog
{
    internal const int Capacity = 4096;

    private readonly Lock _gate = new();
    private readonly QuietPeriod _quiet;
    private readonly TimeProvider _timeProvider;
    private readonly ILoggerFactory _loggers;
    private readonly Queue<HeldRecord> _held = new();
    private Task? _draining;
    private int _dropped;

    public QuietLog(QuietPeriod quiet, TimeProvider timeProvider, ILoggerFactory loggers)
    {
        _quiet = quiet;
        _timeProvider = timeProvider;
        _loggers = loggers;
    }

    public Task Drained
    {
        get
        {
            lock (_gate)
            {
                return _draining ?? Task.CompletedTask;
            }
        }
    }

    /// <summary>Writes at once, unless it is quiet or what was held back is not written yet.</summary>
    public bool TryWrite(Action write)
    {
        lock (_gate)
        {
            if (_draining is not null || !_quiet.TryEnter())
            {
                return false;
            }
        }

        try
        {
            write();
        }
        finally
        {
            _quiet.Leave();
        }

        return true;
    }

    public void Keep(Func<DateTimeOffset, HeldRecord> make)
    {
        var record = make(_timeProvider.GetUtcNow());
        lock (_gate)
        {
            if (_held.Count >= Capacity)
            {
                _dropped++;
            }
            else
            {
                _held.Enqueue(record);
            }

            _draining ??= DrainAsync();
        }
    }

    private async Task DrainAsync()
    {
        // Not under the caller's lock.
        await Task.Yield();
        while (true)
        {
            await _quiet.Ended.ConfigureAwait(false);
            if (!_quiet.TryEnter())
            {
                continue;
            }

            try
            {
                if (!WriteNext())
                {
                    return;
                }
            }
            finally
            {
                _quiet.Leave();
            }
        }
    }

    private bool WriteNext()
    {
        HeldRecord? next;
        int dropped;
        lock (_gate)
        {
            _ = _held.TryDequeue(out next);
            dropped = next is null ? _dropped : 0;
            _dropped -= dropped;
            if (next is null && dropped == 0)
            {
                _draining = null;
                return false;
            }
        }

        try
        {
            next?.Write();
            if (dropped > 0)
            {
                _loggers.CreateLogger<QuietLog>().RecordsDropped(dropped);
            }
        }
#pragma warning disable CA1031 // What a sink throws here has no caller any more that it could be told to; the next record may fare better.
        catch (Exception)
#pragma warning restore CA1031
        {
            return true;
        }

        return true;
    }
}
