using AppConsistentSnapshot.Reports;
using Spectre.Console;

namespace AppConsistentSnapshot.Tool.Rendering;

/// <summary>The verdict of a run, for a person.</summary>
internal static class ReportPage
{
    private const int OutputLines = 10;

    public static void Write(Page page, SnapshotReport report)
    {
        WriteVerdict(page, report);
        WriteSnapshots(page, report);
        ErrorPage.Write(page, "Errors", Page.Bad, report.Errors);
        WriteOutput(page, report);
        ErrorPage.Write(page, "Warnings", Page.Odd, report.Warnings);
        WriteLeftBehind(page, report.LeftBehind);
    }

    public static void WriteLeftBehind(Page page, IReadOnlyList<LeftBehind> leftBehind)
    {
        if (leftBehind.Count == 0)
        {
            return;
        }

        page.Line("LEFT BEHIND: this needs a human now", Page.Bad);
        foreach (var left in leftBehind)
        {
            page.Line(($"  {Words.LeftBehind(left.Kind)}: {left.Id}", Page.Bad));
            page.Line($"      What to do: {left.Remedy}");
        }
    }

    private static void WriteVerdict(Page page, SnapshotReport report)
    {
        var verdict = (report.Outcome, report.Consistency) switch
        {
            (_, ConsistencyLevel.None) => $"no snapshot is kept; {Words.Level(report.RequestedConsistency)} was wanted",
            (SnapshotOutcome.Succeeded, var level) => $"the snapshot is {Words.Level(level)}, as wanted",
            (_, var level) when level < report.RequestedConsistency =>
                $"the snapshot is only {Words.Level(level)}; {Words.Level(report.RequestedConsistency)} was wanted",
            (_, var level) => $"the snapshot is {Words.Level(level)}",
        };
        page.Line(($"{report.Outcome}", StyleOf(report.Outcome)), ($": {verdict}.", Page.Plain));

        var times = new List<string> { $"run {report.RunId} took {Words.Milliseconds(report.DurationMilliseconds)}" };
        if (report.Freeze.WindowMilliseconds is { } window)
        {
            times.Add($"writes were held for {Words.Milliseconds(window)}");
        }

        if (report.QuiesceWindowMilliseconds is { } quiesced)
        {
            times.Add($"applications stood still for {Words.Milliseconds(quiesced)}");
        }

        page.Line($"  {string.Join("; ", times)}", Page.Dim);
    }

    private static void WriteSnapshots(Page page, SnapshotReport report)
    {
        if (report.Snapshots.Count == 0)
        {
            return;
        }

        page.Line("Snapshots", Page.Heading);
        foreach (var snapshot in report.Snapshots)
        {
            page.Line(("  ", Page.Plain), (snapshot.Id, Page.Heading), ($" ({snapshot.Backend}) of {string.Join(", ", snapshot.Volumes)}", Page.Plain));
            page.Line($"      {Words.Level(snapshot.Consistency)}, cut between {Words.Moment(snapshot.CutStartedAt)} and {Words.Moment(snapshot.CutEndedAt)}", Page.Dim);
        }
    }

    private static void WriteOutput(Page page, SnapshotReport report)
    {
        foreach (var step in report.Steps.Where(step => step.Status is StepStatus.Failed or StepStatus.TimedOut && !string.IsNullOrWhiteSpace(step.OutputTail)))
        {
            page.Line($"Last output of {Words.Step(step.Name, step.Subject)}", Page.Heading);
            foreach (var line in Escape.Lines(step.OutputTail!).TakeLast(OutputLines))
            {
                page.Line($"  | {line}");
            }
        }
    }

    private static Style StyleOf(SnapshotOutcome outcome) => outcome switch
    {
        SnapshotOutcome.Succeeded => Page.Good,
        SnapshotOutcome.Degraded or SnapshotOutcome.Cancelled => Page.Odd,
        _ => Page.Bad,
    };
}
