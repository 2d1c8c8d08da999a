using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Freezing;
using AppConsistentSnapshot.Interop;
using AppConsistentSnapshot.Participants;
using AppConsistentSnapshot.Reports;

namespace AppConsistentSnapshot.Journals;

// The promise of this class
// -------------------------
// - What returns without an error was written before it is acted on: durably what concerns participants and snapshots.
// - Between the first freeze and the last thaw it writes to an open descriptor in memory, or not at all.
// - A disk that fails or hangs costs an intent its action, but never a thaw, a resume or a roll-back.

/// <summary>What a run is about to do and what came of it, for whoever has to clean up after its death.</summary>
internal sealed class RunJournal
{
    private readonly JournalWriter? _durable;
    private readonly JournalWriter? _runtime;
    private readonly bool _isRuntimeInMemory;
    private readonly JournalPolicy _policy;
    private readonly TimeProvider _timeProvider;
    private IReadOnlyList<JournalMount> _mounts = [];

    public RunJournal(JournalWriter? durable, JournalWriter? runtime, bool isRuntimeInMemory, JournalPolicy policy, TimeProvider timeProvider)
    {
        _durable = durable;
        _runtime = runtime;
        _isRuntimeInMemory = isRuntimeInMemory;
        _policy = policy;
        _timeProvider = timeProvider;
    }

    /// <summary>One that keeps nothing: of runs in which everything is a fake.</summary>
    public static RunJournal None(TimeProvider timeProvider) =>
        new(durable: null, runtime: null, isRuntimeInMemory: false, new JournalPolicy(IsRequired: false, default, static _ => { }), timeProvider);

    /// <summary>A backend has prepared.</summary>
    public Task<SnapshotError?> PreparedAsync(string backend, string state) =>
        IntendAsync(Record(JournalEvent.Prepared) with { Backend = backend, State = state });

    /// <summary>A participant is about to be quiesced.</summary>
    public Task<SnapshotError?> QuiescingAsync(int index, string participant, ParticipantKind kind, string state, IReadOnlyList<string> volumes) =>
        IntendAsync(Record(JournalEvent.Quiescing) with { Index = index, Participant = participant, Kind = kind, State = state, Volumes = volumes });

    /// <summary>A resume has ended.</summary>
    public void Resumed(int index, string participant, StepStatus status) =>
        Note(Record(JournalEvent.Resumed) with { Index = index, Participant = participant, Status = status });

    /// <summary>A backend has completed.</summary>
    public void Completed(string backend, IReadOnlyList<string> snapshots) =>
        Note(Record(JournalEvent.Completed) with { Backend = backend, Snapshots = snapshots });

    /// <summary>A backend is about to roll back. It does so also where this could not be written.</summary>
    public Task RollingBackAsync(string backend) => IntendAsync(Record(JournalEvent.RollingBack) with { Backend = backend });

    /// <summary>A backend has removed everything that it made.</summary>
    public void RolledBack(string backend) => Note(Record(JournalEvent.RolledBack) with { Backend = backend });

    /// <summary>File systems are about to be frozen. The last that is written to a disk before they are thawed.</summary>
    public async Task<SnapshotError?> FreezingAsync(IReadOnlyList<MountedFileSystem> fileSystems)
    {
        _mounts = [.. fileSystems.Select(static fileSystem => new JournalMount
        {
            Path = fileSystem.MountPoint,
            Device = fileSystem.DeviceNumber,
            FileSystem = fileSystem.FileSystemType,
        })];
        if (_runtime is null)
        {
            return null;
        }

        // What is still on its way to the disk would block there, and so would whoever waits for it.
        var isIdle = _durable is null || await WaitAsync(_durable.Idle).ConfigureAwait(false);
        var errno = isIdle ? await WriteAsync(_runtime, Record(JournalEvent.Freezing) with { Mounts = _mounts }).ConfigureAwait(false) : Errno.EBUSY;
        return Judge(errno, "the freeze");
    }

    /// <summary>Everything is frozen.</summary>
    public void Frozen()
    {
        if (_isRuntimeInMemory)
        {
            _ = _runtime?.Append(Record(JournalEvent.Frozen) with { Mounts = _mounts });
        }
    }

    /// <summary>Everything is thawed but what is named.</summary>
    public void ThawedAllBut(IEnumerable<string> left)
    {
        var record = Record(JournalEvent.Thawed) with { Mounts = [.. _mounts.ExceptBy(left, static mount => mount.Path, StringComparer.Ordinal)] };
        if (_isRuntimeInMemory)
        {
            _ = _runtime?.Append(record);
        }
        else
        {
            _ = _runtime?.AppendAsync(record);
        }
    }

    /// <summary>Waits, but not for ever, until everything is written.</summary>
    /// <param name="isFinished">Whether nothing is left to be done.</param>
    /// <returns>Whether that is on the disk, so that the files may go.</returns>
    public async Task<bool> CloseAsync(bool isFinished)
    {
        var errno = Errno.None;
        if (_durable is not null)
        {
            errno = isFinished
                ? await WriteAsync(_durable, Record(JournalEvent.Finished)).ConfigureAwait(false)
                : await WaitAsync(_durable.Idle).ConfigureAwait(false) ? Errno.None : Errno.EBUSY;
        }

        _durable?.Dispose();
        _runtime?.Dispose();
        return isFinished && errno == Errno.None;
    }

    private async Task<SnapshotError?> IntendAsync(JournalRecord record) => _durable is null
        ? null
        : Judge(await WriteAsync(_durable, record).ConfigureAwait(false), record.Participant ?? record.Backend ?? "the run");

    private SnapshotError? Judge(Errno errno, string subject)
    {
        if (errno == Errno.None)
        {
            return null;
        }

        var error = JournalErrors.WriteFailed(subject, errno);
        if (_policy.IsRequired)
        {
            return error;
        }

        _policy.Warn(error);
        return null;
    }

    private void Note(JournalRecord record)
    {
        if (_durable is not null)
        {
            _ = NoteAsync(_durable, record);
        }
    }

    private async Task NoteAsync(JournalWriter writer, JournalRecord record)
    {
        var errno = await writer.AppendAsync(record).ConfigureAwait(false);
        if (errno != Errno.None)
        {
            _policy.Warn(JournalErrors.WriteFailed(record.Participant ?? record.Backend ?? "the run", errno));
        }
    }

    private async Task<Errno> WriteAsync(JournalWriter writer, JournalRecord record)
    {
        var write = writer.AppendAsync(record);
        return await WaitAsync(write).ConfigureAwait(false) ? await write.ConfigureAwait(false) : Errno.ETIMEDOUT;
    }

    private async Task<bool> WaitAsync(Task task)
    {
        try
        {
            await task.WaitAsync(_policy.Patience, _timeProvider).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private JournalRecord Record(JournalEvent @event) => new() { Event = @event, At = _timeProvider.GetUtcNow() };
}
