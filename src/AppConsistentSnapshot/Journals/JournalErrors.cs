using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Journals;

/// <summary>What can go wrong with journals and the lock.</summary>
internal static class JournalErrors
{
    public static SnapshotError FolderUnusable(string path, string problem) =>
        new(ErrorCodes.JournalUnavailable, $"No journal can be kept: {problem}.") { Path = path };

    public static SnapshotError FileUnusable(string path, Errno errno) =>
        new(ErrorCodes.JournalUnavailable, $"No journal can be kept: '{path}': {errno.Describe()}.") { Path = path, Errno = (int)errno };

    public static SnapshotError WriteFailed(string subject, Errno errno) =>
        new(ErrorCodes.JournalUnavailable, $"What was to be done with '{subject}' could not be written to the journal: {errno.Describe()}.")
        {
            Subject = subject,
            Errno = (int)errno,
        };

    public static SnapshotError InProgress(string path, LockOwner? owner) =>
        new(ErrorCodes.RunInProgress, $"Another run is under way on this host: {owner?.ToString() ?? "one that has not said yet who it is"}.")
        {
            Path = path,
            Found = owner?.ToString(),
        };

    public static SnapshotError Pending(string runId, string path) =>
        new(ErrorCodes.RecoveryPending, $"Run '{runId}' died before it had cleaned up; what it left may disturb this run.") { Subject = runId, Path = path };
}
