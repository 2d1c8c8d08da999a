namespace AppConsistentSnapshot.Reports;

/// <summary>What still needs a human.</summary>
public enum LeftBehindKind
{
    /// <summary>A file system that may still be frozen.</summary>
    FrozenMount = 0,

    /// <summary>An application that may still be quiesced.</summary>
    QuiescedParticipant = 1,

    /// <summary>A snapshot, or part of one, that should not be there.</summary>
    OrphanSnapshot = 2,

    /// <summary>A block device that is still suspended.</summary>
    SuspendedDevice = 3,

    /// <summary>A process that could not be ended.</summary>
    RunningProcess = 4,
}
