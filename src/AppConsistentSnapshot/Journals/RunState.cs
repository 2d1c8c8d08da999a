using AppConsistentSnapshot.Reports;

namespace AppConsistentSnapshot.Journals;

/// <summary>What the journal of a run comes to.</summary>
internal sealed class RunState
{
    private readonly SortedDictionary<int, JournalRecord> _participants = [];
    private readonly Dictionary<int, StepStatus?> _resumes = [];
    private readonly Dictionary<string, JournalRecord> _backends = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<string>> _completed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _rolledBack = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JournalMount> _mounts = new(StringComparer.Ordinal);
    private bool _isRollingBack;

    public RunState(IEnumerable<JournalRecord> durable, IEnumerable<JournalRecord> runtime)
    {
        foreach (var record in durable.Concat(runtime))
        {
            Apply(record);
        }
    }

    /// <summary>The first record of the run, or null where its writer died in it: then nothing was touched yet.</summary>
    public JournalRecord? Header { get; private set; }

    public bool IsFinished { get; private set; }

    /// <summary>A process other than the owner that may still be at work.</summary>
    public JournalRecord? Freezer { get; private set; }

    /// <summary>The participants that are owed a resume, in the order in which they are to be resumed.</summary>
    public IReadOnlyList<JournalRecord> OwedResumes =>
        [.. _participants.Values.Where(record => _resumes.GetValueOrDefault(record.Index!.Value) is not StepStatus.Succeeded).Reverse()];

    /// <summary>The backends that may have left something. A run keeps all of its snapshots or none.</summary>
    public IReadOnlyList<JournalRecord> OwedRollBacks =>
        IsComplete ? [] : [.. _backends.Values.Where(record => !_rolledBack.Contains(record.Backend!))];

    /// <summary>The snapshots that the run finished.</summary>
    public IReadOnlyList<string> Kept => IsComplete ? [.. _completed.Values.SelectMany(static ids => ids)] : [];

    /// <summary>The mounts that may still be frozen by the run.</summary>
    public IReadOnlyList<JournalMount> MaybeFrozen => [.. _mounts.Values];

    private bool IsComplete => !_isRollingBack && _backends.Count > 0 && _completed.Count == _backends.Count;

    private void Apply(JournalRecord record)
    {
        switch (record)
        {
            case { Event: JournalEvent.RunStarted, Owner: not null }:
                Header ??= record;
                break;
            case { Event: JournalEvent.Prepared, Backend: { } backend, State: not null }:
                _backends[backend] = record;
                break;
            case { Event: JournalEvent.Quiescing, Index: { } index, Participant: not null, State: not null }:
                _participants[index] = record;
                break;
            case { Event: JournalEvent.Resumed, Index: { } index }:
                _resumes[index] = record.Status;
                break;
            case { Event: JournalEvent.Completed, Backend: { } backend }:
                _completed[backend] = record.Snapshots ?? [];
                break;
            case { Event: JournalEvent.RollingBack }:
                _isRollingBack = true;
                break;
            case { Event: JournalEvent.RolledBack, Backend: { } backend }:
                _ = _rolledBack.Add(backend);
                break;
            case { Event: JournalEvent.FreezerArmed, Owner: not null }:
                Freezer = record;
                break;
            case { Event: JournalEvent.Finished }:
                IsFinished = true;
                break;
            default:
                ApplyFreeze(record);
                break;
        }
    }

    private void ApplyFreeze(JournalRecord record)
    {
        foreach (var mount in record.Mounts ?? [])
        {
            if (record.Event is JournalEvent.Freezing or JournalEvent.Frozen)
            {
                _mounts[mount.Path] = mount;
            }
            else if (record.Event is JournalEvent.Thawed)
            {
                _ = _mounts.Remove(mount.Path);
            }
        }
    }
}
