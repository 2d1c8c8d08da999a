using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Interop;
using AppConsistentSnapshot.Journals;

namespace AppConsistentSnapshot.Recovery;

/// <summary>The journal of a dead run, added to by its recovery.</summary>
internal sealed class RecoveryJournal
{
    private readonly JournalWriter? _durable;
    private readonly JournalWriter? _runtime;
    private readonly RecoveryParts _parts;
    private readonly Action<SnapshotError> _warn;

    public RecoveryJournal((IJournalFile? Durable, IJournalFile? Runtime) files, RecoveryParts parts, Action<SnapshotError> warn)
    {
        _durable = files.Durable is null ? null : new JournalWriter(files.Durable, durable: true);
        _runtime = files.Runtime is null ? null : new JournalWriter(files.Runtime, durable: false);
        _parts = parts;
        _warn = warn;
    }

    public Task WriteAsync(JournalRecord record) => WriteAsync(_durable ?? _runtime, record);

    public Task WriteFreezeAsync(JournalRecord record) => _runtime is null ? Task.CompletedTask : WriteAsync(_runtime, record);

    public void Close()
    {
        _durable?.Dispose();
        _runtime?.Dispose();
    }

    private async Task WriteAsync(JournalWriter? writer, JournalRecord record)
    {
        var errno = writer is null ? Errno.EROFS : Errno.ETIMEDOUT;
        try
        {
            errno = writer is null
                ? errno
                : await writer.AppendAsync(record).WaitAsync(_parts.Options.JournalLimit, _parts.TimeProvider).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            errno = Errno.ETIMEDOUT;
        }

        if (errno != Errno.None)
        {
            _warn(JournalErrors.WriteFailed(record.Participant ?? record.Backend ?? record.Event.ToString(), errno));
        }
    }
}
