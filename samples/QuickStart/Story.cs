using AppConsistentSnapshot.Reports;

namespace QuickStart;

/// <summary>Tells what happened, for a person who has never seen a report.</summary>
internal static class Story
{
    public static void Tell(SnapshotReport report)
    {
        Say("");
        Say("asked for", $"a snapshot of {string.Join(", ", report.Freeze.Mounts.Select(static mount => mount.Path))}, {report.RequestedConsistency} consistent");
        Say("verdict", $"{report.Outcome}: {report.Consistency} consistent");
        Say("quiesced", $"{Milliseconds(report.QuiesceWindowMilliseconds)}, from the end of the pre-script to the start of the post-script");
        Say("held", $"{Milliseconds(report.Freeze.WindowMilliseconds)}, from the start of the freeze to the end of the thaw; {Held(report.Freeze.HeldThroughout)}");
        Say("snapshot", string.Join(", ", report.Snapshots.Select(static snapshot => $"{snapshot.Id} ({snapshot.Backend})").DefaultIfEmpty("none")));
        Say("");
        Say("step", $"{"starts at",12} {"takes",12}  how it ended");
        foreach (var step in report.Steps)
        {
            var begun = (step.StartedAt - report.StartedAt).TotalMilliseconds;
            Say(step.Name.ToString(), $"{Milliseconds(begun),12} {Milliseconds(step.DurationMilliseconds),12}  {step.Status} {Quote(step.OutputTail)}");
        }

        foreach (var error in report.Errors.Concat(report.Warnings))
        {
            Say("");
            Say(report.Errors.Contains(error) ? "error" : "warning", error.ToString());
            Say("", error.RecommendedAction);
        }

        foreach (var left in report.LeftBehind)
        {
            Say("left behind", $"{left.Kind} {left.Id}: {left.Remedy}");
        }
    }

    public static void Tell(Proof proof)
    {
        Say("");
        foreach (var (holds, claim) in proof.Claims)
        {
            Say(holds ? "proved" : "NOT PROVED", claim);
        }

        Say("");
        Say("standstill", $"{Milliseconds(proof.Standstill?.TotalMilliseconds)}, as the writer saw it itself: pre-script, freeze, cut, thaw and post-script");
    }

    private static void Say(string what, string text = "") => Console.WriteLine($"  {what,-16} {text}".TrimEnd());

    private static string Milliseconds(double? value) => value is null ? "not at all" : $"{value:F1} ms";

    private static string Held(bool? held) => held switch
    {
        true => "it was held throughout",
        false => "it was LOST in between",
        null => "not known whether throughout",
    };

    private static string Quote(string? output) => string.IsNullOrWhiteSpace(output) ? "" : $"\"{output.Trim()}\"";
}
