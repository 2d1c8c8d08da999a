using AppConsistentSnapshot.Reports;
using AppConsistentSnapshot.Tool.Reporting;
using AppConsistentSnapshot.Tool.Tests.Support;

namespace AppConsistentSnapshot.Tool.Tests.Reporting;

public sealed class PlainDisplayTests
{
    [Fact]
    public void Writes_a_line_for_each_step_that_ended_and_none_for_one_that_began()
    {
        var flushed = Show(
            Step(StepName.PreScript, subject: "/etc/plan.json"),
            Step(StepName.PreScript, StepStatus.Failed, "/etc/plan.json"),
            Step(StepName.Quiesce, StepStatus.Skipped));

        Assert.Equal("PreScript /etc/plan.json FAILED after 9.10 ms|Quiesce skipped", string.Join('|', flushed.SelectMany(lines => lines)));
    }

    [Fact]
    public void Writes_what_is_said_of_a_step_that_takes_long()
    {
        var flushed = Show(new ProgressNote(new SnapshotProgress
        {
            RunId = "r",
            At = DateTimeOffset.UnixEpoch,
            Step = StepName.PreScript,
            Message = "it has been running for 3 s",
        }));

        Assert.Equal("it has been running for 3 s", Assert.Single(flushed.SelectMany(static lines => lines)));
    }

    [Fact]
    public void Writes_nothing_while_file_systems_may_be_frozen()
    {
        var flushed = Show(
            Step(StepName.Prepare, StepStatus.Succeeded),
            Step(StepName.Freeze),
            new TextNote(TextKind.Log, "in the window"),
            Step(StepName.Freeze, StepStatus.Succeeded),
            Step(StepName.Cut, StepStatus.Succeeded),
            Step(StepName.Thaw),
            Step(StepName.Thaw, StepStatus.Succeeded),
            Step(StepName.PostScript, StepStatus.Succeeded));

        Assert.Equal(3, flushed.Count);
        Assert.Single(flushed[0]);
        Assert.Equal("in the window", flushed[1][0]);
        Assert.StartsWith("Thaw", flushed[1][^1], StringComparison.Ordinal);
        Assert.StartsWith("PostScript", Assert.Single(flushed[2]), StringComparison.Ordinal);
    }

    [Fact]
    public void Writes_again_after_a_freeze_that_failed()
    {
        var flushed = Show(Step(StepName.Freeze), Step(StepName.Freeze, StepStatus.Failed), Step(StepName.Cut, StepStatus.Succeeded));

        Assert.Equal(2, flushed.Count);
    }

    [Fact]
    public void Writes_what_was_held_when_the_run_ends_inside_the_window()
    {
        var flushed = Show(Step(StepName.Freeze), new TextNote(TextKind.Error, "a [red]b\u001b"));

        Assert.Equal(@"acsnap: error: a [red]b\x1B", Assert.Single(flushed.SelectMany(lines => lines)));
    }

    [Fact]
    public void Says_how_many_log_lines_were_dropped() =>
        Assert.Contains("7 log lines", Assert.Single(NoteText.OfEnd(new EndNote(7))), StringComparison.Ordinal);

    private static ProgressNote Step(StepName step, StepStatus? status = null, string? subject = null) => new(Make.Progress(step, status, subject));

    private static List<IReadOnlyList<string>> Show(params Note[] notes)
    {
        using var queue = new NoteQueue();
        using var writer = new RecordingWriter();
        foreach (var note in notes)
        {
            queue.Add(note);
        }

        queue.Complete();
        new PlainDisplay(writer).Show(queue);
        return writer.Flushed;
    }
}
