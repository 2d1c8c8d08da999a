using Microsoft.Extensions.Logging;

namespace AppConsistentSnapshot.Diagnostics;

internal static partial class Log
{
    [LoggerMessage(300, LogLevel.Debug, "The {Kind} '{Path}' of run {RunId} starts: try {Try} of {Tries}")]
    public static partial void ScriptStarts(this ILogger logger, string kind, string path, string runId, int @try, int tries);

    [LoggerMessage(301, LogLevel.Information, "{Kind} '{Path}' {Stream}: {Line}")]
    public static partial void ScriptOutput(this ILogger logger, string kind, string path, string stream, string line);

    [LoggerMessage(302, LogLevel.Warning, "{Count} lines of the output of the {Kind} '{Path}' were not logged: the logger takes them too slowly")]
    public static partial void ScriptOutputDropped(this ILogger logger, long count, string kind, string path);

    [LoggerMessage(303, LogLevel.Information, "The {Kind} '{Path}' of run {RunId} succeeded after {Tries} tries in {Elapsed}")]
    public static partial void ScriptSucceeded(this ILogger logger, string kind, string path, string runId, int tries, TimeSpan elapsed);

    [LoggerMessage(304, LogLevel.Warning, "Try {Try} of {Tries} of the {Kind} '{Path}' failed: {Reason}")]
    public static partial void ScriptTryFailed(this ILogger logger, int @try, int tries, string kind, string path, string reason);

    [LoggerMessage(305, LogLevel.Information, "What is left of the {Kind} '{Path}' is ended: process {Pid} and {Scope}")]
    public static partial void ScriptIsEnded(this ILogger logger, string kind, string path, int pid, string scope);

    [LoggerMessage(306, LogLevel.Warning, "The {Kind} '{Path}' did not end {GracePeriod} after SIGTERM and gets SIGKILL: processes {Pids}")]
    public static partial void ScriptIsKilled(this ILogger logger, string kind, string path, TimeSpan gracePeriod, string pids);

    [LoggerMessage(307, LogLevel.Error, "The {Kind} '{Path}' left processes that SIGKILL does not end: {Pids}")]
    public static partial void ScriptCannotBeEnded(this ILogger logger, string kind, string path, string pids);

    [LoggerMessage(308, LogLevel.Warning, "A reader of progress threw an exception")]
    public static partial void ProgressFailed(this ILogger logger, Exception exception);

    [LoggerMessage(309, LogLevel.Warning, "The recorded post-script '{Path}' cannot be run any more; that of the plan '{Plan}' as it is now runs instead")]
    public static partial void RecoveryUsesThePlan(this ILogger logger, string path, string plan);
}
