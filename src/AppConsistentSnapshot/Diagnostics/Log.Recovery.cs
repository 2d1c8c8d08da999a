using Microsoft.Extensions.Logging;

namespace AppConsistentSnapshot.Diagnostics;

internal static partial class Log
{
    [LoggerMessage(700, LogLevel.Warning, "{Count} log records of the time of a freeze were dropped, for there were too many")]
    public static partial void RecordsDropped(this ILogger logger, int count);

    [LoggerMessage(701, LogLevel.Warning, "Run {RunId} of process {Pid} died before it had cleaned up; it is recovered now")]
    public static partial void RecoveryBegins(this ILogger logger, string runId, int pid);

    [LoggerMessage(702, LogLevel.Information, "Run {RunId}: {Step} of '{Subject}': {Status}")]
    public static partial void RecoveryStep(this ILogger logger, string runId, string step, string subject, string status);

    [LoggerMessage(703, LogLevel.Information, "The recovery ended: {Runs} runs, {Errors} errors, {LeftBehind} things are left behind")]
    public static partial void RecoveryEnded(this ILogger logger, int runs, int errors, int leftBehind);
}
