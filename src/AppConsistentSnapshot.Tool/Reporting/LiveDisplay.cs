using AppConsistentSnapshot.Reports;
using AppConsistentSnapshot.Tool.Rendering;
using Spectre.Console;

namespace AppConsistentSnapshot.Tool.Reporting;

/// <summary>For a terminal: what has ended stays on the screen, what is under way is shown below it with its time so far.</summary>
internal sealed class LiveDisplay : INoteDisplay
{
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(100);

    private readonly IAnsiConsole _console;
    private readonly Page _page;
    private readonly RunningSteps _running;

    public LiveDisplay(IAnsiConsole console, TimeProvider timeProvider)
    {
        _console = console;
        _page = new Page(console);
        _running = new RunningSteps(timeProvider);
    }

    public void Show(NoteQueue notes)
    {
        var first = notes.Take(Timeout.InfiniteTimeSpan);
        while (first is not ProgressNote)
        {
            if (Write(first))
            {
                return;
            }

            first = notes.Take(Timeout.InfiniteTimeSpan);
        }

        var status = _console.Status();
        status.AutoRefresh = false;
        status.Start("…", context => ShowLive(notes, first, context));
    }

    private void ShowLive(NoteQueue notes, Note? note, StatusContext context)
    {
        while (!Write(note))
        {
            // The status is markup; a path may look like some.
            _ = context.Status(Markup.Escape(Escape.ForPerson(_running.Describe())));
            context.Refresh();
            note = notes.Take(Refresh);
        }
    }

    /// <summary>Writes a note, and says whether it was the last.</summary>
    private bool Write(Note? note)
    {
        switch (note)
        {
            case ProgressNote { Progress: var progress }:
                _running.Observe(progress);
                WriteEnded(progress);
                break;
            case TextNote text:
                _page.Line(NoteText.OfLine(text), StyleOf(text.Kind));
                break;
            case EndNote end:
                foreach (var line in NoteText.OfEnd(end))
                {
                    _page.Line(line, Page.Odd);
                }

                return true;
        }

        return false;
    }

    private void WriteEnded(SnapshotProgress progress)
    {
        if (progress.Status is not { } status)
        {
            return;
        }

        var style = status switch
        {
            StepStatus.Succeeded => Page.Good,
            StepStatus.Skipped or StepStatus.Cancelled => Page.Odd,
            _ => Page.Bad,
        };
        var duration = status is StepStatus.Skipped ? string.Empty : $"  {Words.Duration(progress.Elapsed)}";
        var message = progress.Message is null ? string.Empty : $"  {progress.Message}";
        _page.Line(($"{Words.Status(status),-10}", style), ($" {Words.Step(progress.Step, progress.Subject)}", Page.Plain), (duration + message, Page.Dim));
    }

    private static Style StyleOf(TextKind kind) => kind switch
    {
        TextKind.Error => Page.Bad,
        TextKind.Log => Page.Dim,
        TextKind.LogWarning => Page.Odd,
        _ => Page.Plain,
    };
}
