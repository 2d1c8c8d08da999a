using AppConsistentSnapshot.Reports;
using AppConsistentSnapshot.Tool.Reporting;
using AppConsistentSnapshot.Tool.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Spectre.Console.Testing;

namespace AppConsistentSnapshot.Tool.Tests.Reporting;

public sealed class LiveDisplayTests
{
    [Fact]
    public void Shows_what_is_under_way_and_keeps_what_has_ended()
    {
        var output = Show(
            new ProgressNote(Make.Progress(StepName.Freeze, subject: "/data")),
            new ProgressNote(Make.Progress(StepName.Freeze, StepStatus.Succeeded, "/data")));

        Assert.Contains("Freeze /data 9.10 ms", output, StringComparison.Ordinal);
        Assert.Contains("succeeded  Freeze /data  9.10 ms", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Takes_no_path_for_markup()
    {
        var output = Show(
            new ProgressNote(Make.Progress(StepName.PreScript, subject: "/x[/y]\u001b[2J[nocolor]")),
            new TextNote(TextKind.Error, "[/]"),
            new ProgressNote(Make.Progress(StepName.PreScript, StepStatus.Failed, "/x[/y]\u001b[2J[nocolor]")));

        Assert.Contains(@"PreScript /x[/y]\x1B[2J[nocolor]", output, StringComparison.Ordinal);
        Assert.Contains("acsnap: error: [/]", output, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[2J", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Shows_text_alone_without_a_spinner()
    {
        var output = Show(new TextNote(TextKind.Note, "hello"));

        Assert.Equal("acsnap: hello\n", output);
    }

    [Fact]
    public void Sums_up_steps_that_run_side_by_side_with_their_time_so_far()
    {
        var time = new FakeTimeProvider();
        var running = new RunningSteps(time);
        running.Observe(Make.Progress(StepName.Freeze, subject: "/a"));
        running.Observe(Make.Progress(StepName.Freeze, subject: "/b"));
        running.Observe(Make.Progress(StepName.Freeze, StepStatus.Succeeded, "/a"));
        time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal("Freeze /b 2.0 s", running.Describe());
    }

    private static string Show(params Note[] notes)
    {
        using var console = new TestConsole().Interactive().SupportsAnsi(true).Width(200);
        using var queue = new NoteQueue();
        foreach (var note in notes)
        {
            queue.Add(note);
        }

        queue.Complete();
        new LiveDisplay(console, new FakeTimeProvider()).Show(queue);
        return console.Output;
    }
}
