using AppConsistentSnapshot.Reports;
using Microsoft.Extensions.Logging;

namespace AppConsistentSnapshot.Diagnostics;

internal static partial class Log
{
    [LoggerMessage(600, LogLevel.Information, "Run {RunId}, try {Attempt}, begins: {Consistency} consistency is wanted of {Volumes}")]
    public static partial void RunBegins(this ILogger logger, string runId, int attempt, ConsistencyLevel consistency, string volumes);

    [LoggerMessage(601, LogLevel.Information, "Run {RunId} ended in {Duration}: {Outcome}, {Consistency} consistency")]
    public static partial void RunEnded(this ILogger logger, string runId, TimeSpan duration, SnapshotOutcome outcome, ConsistencyLevel consistency);

    [LoggerMessage(602, LogLevel.Error, "Run {RunId}: {Code} ({Number}) {Subject}: {Message}")]
    public static partial void RunError(this ILogger logger, string runId, string code, int number, string? subject, string message);

    [LoggerMessage(603, LogLevel.Warning, "Run {RunId}: {Code} ({Number}) {Subject}: {Message}")]
    public static partial void RunWarning(this ILogger logger, string runId, string code, int number, string? subject, string message);

    [LoggerMessage(604, LogLevel.Critical, "Run {RunId} left behind: {Kind} {Id}. {Remedy}")]
    public static partial void RunLeftBehind(this ILogger logger, string runId, LeftBehindKind kind, string id, string remedy);

    [LoggerMessage(605, LogLevel.Warning, "Run {RunId}: the handles of {Subject} could not be released: {Status}")]
    public static partial void ReleaseFailed(this ILogger logger, string runId, string subject, StepStatus status, Exception? exception);

    [LoggerMessage(606, LogLevel.Error, "Run {RunId}: an exception came from where none should")]
    public static partial void RunDefect(this ILogger logger, string runId, Exception exception);
}
