using AppConsistentSnapshot.Reports;
using Microsoft.Extensions.Logging;

namespace AppConsistentSnapshot.Diagnostics;

/// <summary>Logs what a report says, once the run is over.</summary>
internal static class ReportLog
{
    public static void Write(ILogger logger, SnapshotReport report)
    {
        foreach (var error in report.Errors)
        {
            logger.RunError(report.RunId, error.Code, error.Number, error.Subject, error.Message);
        }

        foreach (var warning in report.Warnings)
        {
            logger.RunWarning(report.RunId, warning.Code, warning.Number, warning.Subject, warning.Message);
        }

        foreach (var left in report.LeftBehind)
        {
            logger.RunLeftBehind(report.RunId, left.Kind, left.Id, left.Remedy);
        }

        logger.RunEnded(report.RunId, TimeSpan.FromMilliseconds(report.DurationMilliseconds), report.Outcome, report.Consistency);
    }
}
