using AppConsistentSnapshot.Recovery;
using AppConsistentSnapshot.Reports;

namespace AppConsistentSnapshot.Tool.Rendering;

/// <summary>What a recovery did, for a person.</summary>
internal static class RecoveryPage
{
    public static void Write(Page page, RecoveryReport report)
    {
        if (report.Runs.Count == 0 && report.Errors.Count == 0)
        {
            page.Line("There is nothing to recover.", Page.Good);
        }

        foreach (var run in report.Runs)
        {
            Write(page, run);
        }

        ErrorPage.Write(page, "Errors", Page.Bad, report.Errors);
        ErrorPage.Write(page, "Warnings", Page.Odd, report.Warnings);
        ReportPage.WriteLeftBehind(page, report.LeftBehind);
    }

    private static void Write(Page page, RecoveredRun run)
    {
        var process = run.ProcessId is { } pid ? $" of process {pid}" : string.Empty;
        var restart = run.HostWasRestarted ? ", before the last restart" : string.Empty;
        page.Line(
            (run.IsRecovered ? "Recovered" : "Not recovered", run.IsRecovered ? Page.Good : Page.Bad),
            ($": run {run.RunId}{process}{restart}.", Page.Plain));
        foreach (var step in run.Steps)
        {
            page.Line(($"  {Words.Step(step.Name, step.Subject)}: ", Page.Plain), ($"{step.Status}", step.Status is StepStatus.Succeeded ? Page.Good : Page.Plain));
        }

        foreach (var id in run.KeptSnapshots)
        {
            page.Line($"  kept, for it was finished: {id}");
        }
    }
}
