using System.Security.Cryptography;
using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Journals;

/// <summary>Lets one run at a time pass, and opens its journal.</summary>
internal sealed class RunGate
{
    // Room for the records of a run with many participants and backends.
    private const int DurableRoom = 256 * 1024;
    private const int RuntimeRoom = 64 * 1024;

    private readonly JournalHome? _home;
    private readonly SnapshotOptions _options;
    private readonly string? _bootId;
    private readonly TimeProvider _timeProvider;

    /// <param name="home">Where journals are, or null where everything is a fake and nothing is to be kept.</param>
    /// <param name="options">Folders and what is required.</param>
    /// <param name="bootId">This boot.</param>
    /// <param name="timeProvider">The clock.</param>
    public RunGate(JournalHome? home, SnapshotOptions options, string? bootId, TimeProvider timeProvider)
    {
        _home = home;
        _options = options;
        _bootId = bootId;
        _timeProvider = timeProvider;
    }

    /// <summary>Asks for the right to run.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="wait">How long to wait for another run; null for what the options say.</param>
    /// <param name="warn">Takes what goes wrong with the journal later and does not stop the run.</param>
    /// <param name="cancellationToken">Ends the waiting for another run.</param>
    public async Task<RunTicket> EnterAsync(string runId, TimeSpan? wait, Action<SnapshotError> warn, CancellationToken cancellationToken)
    {
        if (_home is null)
        {
            return new RunTicket(runId, RunJournal.None(_timeProvider));
        }

        var problems = new List<SnapshotError>();
        var runtime = Open(_home, _options.RuntimeFolder, problems);
        RunLock? held = null;
        if (runtime is not null)
        {
            var self = new LockOwner { RunId = runId, Process = _home.Processes.Self, Since = _timeProvider.GetUtcNow() };
            SnapshotError? refusal;
            try
            {
                (held, refusal) = await RunLock.TakeAsync(runtime, self, wait ?? _options.WaitForOtherRun, _timeProvider, cancellationToken).ConfigureAwait(false);
            }
            catch
            {
                runtime.Dispose();
                throw;
            }

            if (refusal is not null && refusal.Is(ErrorCodes.RunInProgress))
            {
                runtime.Dispose();
                return Refuse(runId, refusal);
            }

            problems.AddRange(new[] { refusal }.OfType<SnapshotError>());
        }

        return Begin(_home, runId, runtime, held, problems, warn);
    }

    private RunTicket Begin(
        JournalHome home, string runId, IJournalFolder? runtime, RunLock? held, List<SnapshotError> problems, Action<SnapshotError> warn)
    {
        var durable = Open(home, _options.JournalFolder, problems);
        var store = new JournalStore(durable, runtime);
        var pending = FindPending(home, store);
        var file = Create(durable, JournalNames.Run(runId), DurableRoom, problems);
        var freeze = Create(runtime, JournalNames.Freeze(runId), RuntimeRoom, problems);
        WriteHeader(home, runId, file, freeze, problems);
        if (problems.Count > 0 && _options.RequireJournal)
        {
            file?.Dispose();
            freeze?.Dispose();
            _ = store.Remove(runId);
            store.Dispose();
            held?.Dispose();
            return Refuse(runId, problems[0]);
        }

        var journal = new RunJournal(
            file is null ? null : new JournalWriter(file, durable: true),
            freeze is null ? null : new JournalWriter(freeze, durable: false),
            runtime is { IsInMemory: true },
            new JournalPolicy(_options.RequireJournal, _options.JournalLimit, warn),
            _timeProvider);
        return new RunTicket(runId, journal, held, store) { Warnings = [.. problems, .. pending] };
    }

    private RunTicket Refuse(string runId, SnapshotError refusal) => new(runId, RunJournal.None(_timeProvider)) { Refusal = refusal };

    private List<SnapshotError> FindPending(JournalHome home, JournalStore store)
    {
        var ignored = new List<SnapshotError>();
        return
        [
            .. store.ListRuns(ignored)
                .Where(other => store.Read(other, ignored, out _) is { IsFinished: false, Header: { } header } && !IsAlive(home, header))
                .Select(other => JournalErrors.Pending(other, store.PathOf(other))),
        ];
    }

    private bool IsAlive(JournalHome home, JournalRecord header) => header.BootId == _bootId && home.Processes.IsAlive(header.Owner!);

    private void WriteHeader(JournalHome home, string runId, IJournalFile? file, IJournalFile? freeze, List<SnapshotError> problems)
    {
        var header = JournalLines.Write(new JournalRecord
        {
            Event = JournalEvent.RunStarted,
            At = _timeProvider.GetUtcNow(),
            Format = JournalRecord.CurrentFormat,
            RunId = runId,
            FencingId = RandomNumberGenerator.GetHexString(32, lowercase: true),
            BootId = _bootId,
            Owner = home.Processes.Self,
        });
        foreach (var (target, durable) in new[] { (file, true), (freeze, false) })
        {
            var errno = target?.Append(header, durable) ?? Errno.None;
            if (errno != Errno.None)
            {
                problems.Add(JournalErrors.WriteFailed(runId, errno));
            }
        }
    }

    private static IJournalFolder? Open(JournalHome home, string path, List<SnapshotError> problems)
    {
        var folder = home.Folders.Open(path, create: true, out var problem);
        if (folder is null)
        {
            problems.Add(JournalErrors.FolderUnusable(path, problem ?? $"there is no folder '{path}'"));
        }

        return folder;
    }

    private static IJournalFile? Create(IJournalFolder? folder, string name, int room, List<SnapshotError> problems)
    {
        IJournalFile? file = null;
        var errno = folder?.Create(name, room, out file) ?? Errno.None;
        if (errno != Errno.None)
        {
            problems.Add(JournalErrors.FileUnusable(Path.Combine(folder!.Path, name), errno));
        }

        return file;
    }
}
