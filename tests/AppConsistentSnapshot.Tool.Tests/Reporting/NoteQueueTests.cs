using AppConsistentSnapshot.Reports;
using AppConsistentSnapshot.Tool.Reporting;
using AppConsistentSnapshot.Tool.Tests.Support;

namespace AppConsistentSnapshot.Tool.Tests.Reporting;

public sealed class NoteQueueTests
{
    [Fact]
    public void Gives_notes_in_order_and_ends_with_the_end()
    {
        using var queue = new NoteQueue();
        queue.Add(new TextNote(TextKind.Note, "a"));
        queue.Add(new TextNote(TextKind.Error, "b"));
        queue.Complete();
        queue.Add(new TextNote(TextKind.Note, "too late"));
        queue.Complete();

        Assert.Equal(new TextNote(TextKind.Note, "a"), queue.Take(TimeSpan.Zero));
        Assert.Equal(new TextNote(TextKind.Error, "b"), queue.Take(TimeSpan.Zero));
        Assert.Equal(new EndNote(0), queue.Take(TimeSpan.Zero));
        Assert.Null(queue.Take(TimeSpan.Zero));
    }

    [Fact]
    public void Drops_log_lines_that_nobody_reads_but_no_step_and_no_error()
    {
        using var queue = new NoteQueue();
        for (var i = 0; i < NoteQueue.LogLimit + 5; i++)
        {
            queue.Add(new TextNote(TextKind.Log, "line"));
        }

        queue.Add(new ProgressNote(Make.Progress(StepName.Thaw)));
        queue.Add(new TextNote(TextKind.Error, "error"));
        queue.Complete();

        var notes = Drain(queue);
        Assert.Equal(NoteQueue.LogLimit, notes.OfType<TextNote>().Count(note => note.Kind == TextKind.Log));
        Assert.Single(notes.OfType<ProgressNote>());
        Assert.Contains(new TextNote(TextKind.Error, "error"), notes);
        Assert.Equal(new EndNote(5), notes[^1]);
    }

    [Fact]
    public void Takes_log_lines_again_once_some_were_read()
    {
        using var queue = new NoteQueue();
        for (var i = 0; i < NoteQueue.LogLimit; i++)
        {
            queue.Add(new TextNote(TextKind.Log, "line"));
        }

        _ = queue.Take(TimeSpan.Zero);
        queue.Add(new TextNote(TextKind.Log, "last"));
        queue.Complete();

        Assert.Equal([new TextNote(TextKind.Log, "last"), new EndNote(0)], Drain(queue).TakeLast(2));
    }

    private static List<Note> Drain(NoteQueue queue)
    {
        var notes = new List<Note>();
        while (queue.Take(TimeSpan.Zero) is { } note)
        {
            notes.Add(note);
        }

        return notes;
    }
}
