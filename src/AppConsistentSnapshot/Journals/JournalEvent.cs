namespace AppConsistentSnapshot.Journals;

/// <summary>What a record of a journal says. The names are a stable format: they lie on the disk over updates.</summary>
internal enum JournalEvent
{
    /// <summary>The first record: who runs.</summary>
    RunStarted = 0,

    /// <summary>A backend has prepared; from now on it is asked to clean up.</summary>
    Prepared = 1,

    /// <summary>A participant is about to be quiesced; from now on it is owed a resume.</summary>
    Quiescing = 2,

    /// <summary>A resume has ended.</summary>
    Resumed = 3,

    /// <summary>A backend has completed its snapshots.</summary>
    Completed = 4,

    /// <summary>A backend is about to remove what it made.</summary>
    RollingBack = 5,

    /// <summary>A backend has removed what it made.</summary>
    RolledBack = 6,

    /// <summary>File systems are about to be frozen.</summary>
    Freezing = 7,

    /// <summary>They are frozen.</summary>
    Frozen = 8,

    /// <summary>They are thawed.</summary>
    Thawed = 9,

    /// <summary>A process other than the owner stands ready to thaw, and may still be at work when the owner is dead.</summary>
    FreezerArmed = 10,

    /// <summary>A recovery has taken the run over.</summary>
    RecoveryStarted = 11,

    /// <summary>Nothing is left to be done.</summary>
    Finished = 12,
}
