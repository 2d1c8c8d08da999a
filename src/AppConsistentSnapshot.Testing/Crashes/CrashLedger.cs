namespace AppConsistentSnapshot.Testing.Crashes;

/// <summary>What was really done, whoever did it: the process, or its recovery.</summary>
internal sealed class CrashLedger
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, CrashLedgerEntry> _participants = new(StringComparer.Ordinal);
    private bool? _allQuiesced;
    private bool? _allFrozen;

    /// <summary>Whether at every cut all participants were quiesced.</summary>
    public bool CutWasQuiesced => _allQuiesced ?? false;

    /// <summary>Whether at every cut all file systems were frozen.</summary>
    public bool CutWasFrozen => _allFrozen ?? false;

    public IReadOnlyDictionary<string, CrashLedgerEntry> Participants
    {
        get
        {
            lock (_gate)
            {
                return new Dictionary<string, CrashLedgerEntry>(_participants, StringComparer.Ordinal);
            }
        }
    }

    public void Note(string participant, Func<CrashLedgerEntry, CrashLedgerEntry> change)
    {
        lock (_gate)
        {
            _participants[participant] = change(_participants.GetValueOrDefault(participant) ?? new CrashLedgerEntry());
        }
    }

    public void NoteCut(int participants, bool isFrozen)
    {
        lock (_gate)
        {
            var quiesced = _participants.Values.Count(static entry => entry is { IsQuiesced: true, Resumes: 0, Recoveries: 0 });
            _allQuiesced = (_allQuiesced ?? true) && quiesced == participants;
            _allFrozen = (_allFrozen ?? true) && isFrozen;
        }
    }
}
