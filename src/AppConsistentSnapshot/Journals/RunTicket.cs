using AppConsistentSnapshot.Errors;

namespace AppConsistentSnapshot.Journals;

/// <summary>The right to run: the lock and an open journal. Disposing it gives both back.</summary>
internal sealed class RunTicket : IAsyncDisposable
{
    private readonly RunLock? _lock;
    private readonly JournalStore? _store;
    private readonly string _runId;

    public RunTicket(string runId, RunJournal journal, RunLock? held = null, JournalStore? store = null)
    {
        _runId = runId;
        _lock = held;
        _store = store;
        Journal = journal;
    }

    public RunJournal Journal { get; }

    /// <summary>Why there is no right to run.</summary>
    public SnapshotError? Refusal { get; init; }

    /// <summary>What is odd but does not keep the run from going on.</summary>
    public IReadOnlyList<SnapshotError> Warnings { get; init; } = [];

    /// <summary>Gets or sets whether something is left that a recovery may still be able to do once this process is gone.</summary>
    public bool IsUnfinished { get; set; }

    public async ValueTask DisposeAsync()
    {
        if (await Journal.CloseAsync(isFinished: !IsUnfinished).ConfigureAwait(false))
        {
            // Where this fails, the next recovery finds that it is finished and removes it.
            _ = _store?.Remove(_runId);
        }

        _store?.Dispose();
        _lock?.Dispose();
    }
}
