using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Journals;

/// <summary>Writes records in order, each on a thread of the pool: a disk that hangs keeps nobody from thawing and resuming.</summary>
internal sealed class JournalWriter : IDisposable
{
    private readonly Lock _gate = new();
    private readonly IJournalFile _file;
    private readonly bool _durable;
    private Task<Errno> _last = Task.FromResult(Errno.None);

    public JournalWriter(IJournalFile file, bool durable)
    {
        _file = file;
        _durable = durable;
    }

    /// <summary>Completes when everything that was asked for so far is written, or was not.</summary>
    public Task Idle
    {
        get
        {
            lock (_gate)
            {
                return _last;
            }
        }
    }

    public Task<Errno> AppendAsync(JournalRecord record)
    {
        var line = JournalLines.Write(record);
        lock (_gate)
        {
            return _last = AppendAfterAsync(_last, line);
        }
    }

    /// <summary>Writes at once, on this thread. For what lies in memory.</summary>
    public Errno Append(JournalRecord record) => _file.Append(JournalLines.Write(record), _durable);

    public void Dispose()
    {
        // A write that hangs still uses the descriptor.
        _ = CloseAsync(Idle);
    }

    private async Task<Errno> AppendAfterAsync(Task before, byte[] line)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return await Task.Run(() => _file.Append(line, _durable)).ConfigureAwait(false);
    }

    private async Task CloseAsync(Task last)
    {
        await last.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _file.Dispose();
    }
}
