using AppConsistentSnapshot.Backends;
using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Reports;

namespace AppConsistentSnapshot.Orchestration;

/// <summary>Turns what somebody else's code did into an error of the report.</summary>
internal static class Failures
{
    /// <summary>An error for a call that did not succeed.</summary>
    /// <param name="outcome">How it ended.</param>
    /// <param name="subject">Whom it was about.</param>
    /// <param name="verb">What was tried, such as <c>cut</c>.</param>
    /// <param name="failed">The code where it failed.</param>
    /// <param name="timedOut">The code where it took too long.</param>
    public static SnapshotError Describe<T>(CallOutcome<T> outcome, string subject, string verb, ErrorCode failed, ErrorCode timedOut) => outcome switch
    {
        { Exception: SnapshotBackendException exception } => FromBackend(exception, subject, failed),
        { Exception: { } exception } => new SnapshotError(failed, $"'{subject}' could not {verb}: {exception.Message} ({exception.GetType().Name}).") { Subject = subject },
        { Status: StepStatus.Cancelled } => new SnapshotError(failed, $"'{subject}' was told to stop before it could {verb}.") { Subject = subject },
        { StillRunning: not null } => new SnapshotError(timedOut, $"'{subject}' did not {verb} in time, and did not stop when told to.") { Subject = subject },
        _ => new SnapshotError(timedOut, $"'{subject}' did not {verb} in time.") { Subject = subject },
    };

    /// <summary>An error where a backend's snapshots do not hold every volume that it was given, or null.</summary>
    public static SnapshotError? DescribeMissing(PreparedBackend backend, IEnumerable<BackendSnapshot> snapshots, ErrorCode code)
    {
        string[] missing = [.. backend.Volumes.Except(snapshots.SelectMany(static snapshot => snapshot.Volumes), StringComparer.Ordinal)];
        return missing.Length == 0 ? null : new SnapshotError(
            code, $"Backend '{backend.Backend.Name}' says that it is done, but has no snapshot of {string.Join(", ", missing)}.")
        {
            Subject = backend.Backend.Name,
        };
    }

    private static SnapshotError FromBackend(SnapshotBackendException exception, string subject, ErrorCode code) =>
        new(exception.Code ?? code, exception.Message)
        {
            Subject = exception.Volume ?? subject,
            RecommendedAction = exception.RecommendedAction ?? (exception.Code ?? code).RecommendedAction,
        };
}
