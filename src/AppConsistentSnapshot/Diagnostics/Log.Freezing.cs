using Microsoft.Extensions.Logging;

namespace AppConsistentSnapshot.Diagnostics;

internal static partial class Log
{
    [LoggerMessage(400, LogLevel.Debug, "{Count} file systems are ready to be frozen, in this order: {MountPoints}")]
    public static partial void FreezePrepared(this ILogger logger, int count, string mountPoints);

    [LoggerMessage(401, LogLevel.Debug, "{Lines} lines of the mount table make no sense and were left out")]
    public static partial void MountTableUnreadable(this ILogger logger, int lines);

    [LoggerMessage(402, LogLevel.Information, "{Count} file systems were frozen and are thawed; writes were held for {WindowMilliseconds} ms (ended by the limit: {EndedByLimit})")]
    public static partial void Thawed(this ILogger logger, int count, double windowMilliseconds, bool endedByLimit);

    [LoggerMessage(403, LogLevel.Warning, "The freeze failed after {WindowMilliseconds} ms and was undone")]
    public static partial void FreezeFailed(this ILogger logger, double windowMilliseconds);

    [LoggerMessage(404, LogLevel.Warning, "{Error}")]
    public static partial void FreezeError(this ILogger logger, string error);

    [LoggerMessage(405, LogLevel.Error, "'{MountPoint}' may still be frozen. {Remedy}")]
    public static partial void MountLeftBehind(this ILogger logger, string mountPoint, string remedy);

    [LoggerMessage(406, LogLevel.Warning, "What was still blocked at the end of the freeze has come to rest {ElapsedMilliseconds} ms after its start")]
    public static partial void Settled(this ILogger logger, double elapsedMilliseconds);

    [LoggerMessage(407, LogLevel.Debug, "The freezer, process {ProcessId} of '{Program}', is armed; what it could not protect itself from: {Weakness}")]
    public static partial void FreezerArmed(this ILogger logger, int processId, string program, string weakness);
}
