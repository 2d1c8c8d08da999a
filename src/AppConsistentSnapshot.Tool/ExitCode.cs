using AppConsistentSnapshot.Recovery;
using AppConsistentSnapshot.Reports;

namespace AppConsistentSnapshot.Tool;

/// <summary>The exit status of every verb. Scripts rely on the numbers.</summary>
internal static class ExitCode
{
    /// <summary>The run succeeded, or there is nothing to say.</summary>
    public const int Succeeded = 0;

    /// <summary>The run failed, or problems were found.</summary>
    public const int Failed = 1;

    /// <summary>The command line is wrong. Nothing was touched.</summary>
    public const int Usage = 2;

    /// <summary>There is a snapshot, but less was reached than was wanted.</summary>
    public const int Degraded = 3;

    /// <summary>Something is left behind that needs a human; comes before all others.</summary>
    public const int LeftBehind = 4;

    /// <summary>The command was cancelled: 128 + SIGINT, as shells have it.</summary>
    public const int Cancelled = 130;

    /// <summary>The status of a run.</summary>
    public static int OfRun(SnapshotReport report)
    {
        if (report.LeftBehind.Count > 0)
        {
            return LeftBehind;
        }

        return report.Outcome switch
        {
            SnapshotOutcome.Succeeded => Succeeded,
            SnapshotOutcome.Degraded => Degraded,
            SnapshotOutcome.Cancelled => Cancelled,
            _ => Failed,
        };
    }

    /// <summary>The status of a recovery.</summary>
    public static int OfRecovery(RecoveryReport report)
    {
        if (report.LeftBehind.Count > 0)
        {
            return LeftBehind;
        }

        return report.Errors.Count > 0 ? Failed : Succeeded;
    }

    /// <summary>The status of a check of plans.</summary>
    public static int OfCheck(SnapshotExplanation explanation) => explanation.Errors.Count > 0 ? Failed : Succeeded;

    /// <summary>The status of an explanation: what a run could give at best.</summary>
    public static int OfExplanation(SnapshotExplanation explanation)
    {
        if (explanation.BestConsistency == ConsistencyLevel.None)
        {
            return Failed;
        }

        return explanation.BestConsistency < explanation.RequestedConsistency ? Degraded : OfCheck(explanation);
    }
}
