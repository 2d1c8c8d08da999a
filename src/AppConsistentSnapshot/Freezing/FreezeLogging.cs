using AppConsistentSnapshot.Diagnostics;
using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Reports;
using Microsoft.Extensions.Logging;

namespace AppConsistentSnapshot.Freezing;

/// <summary>Logs what a freeze ended with, after its end.</summary>
internal static class FreezeLogging
{
    public static void Report(ILogger logger, IReadOnlyList<SnapshotError> errors, IReadOnlyList<LeftBehind> leftBehind, FreezeSession session)
    {
        foreach (var error in errors)
        {
            logger.FreezeError(error.ToString());
        }

        foreach (var mount in leftBehind)
        {
            logger.MountLeftBehind(mount.Id, mount.Remedy);
        }

        if (!session.Settled.IsCompleted && leftBehind.Count > 0)
        {
            _ = ReportSettledAsync(logger, session);
        }
    }

    private static async Task ReportSettledAsync(ILogger logger, FreezeSession session)
    {
        var notice = await session.Settled.ConfigureAwait(false);
        logger.Settled(notice.Elapsed.TotalMilliseconds);
    }
}
