using AppConsistentSnapshot.Tool.Rendering;

namespace AppConsistentSnapshot.Tool.Reporting;

/// <summary>One line for each step that ended, and for what is said of one that takes long, for files, pipes and logs.</summary>
internal sealed class PlainDisplay : INoteDisplay
{
    private readonly TextWriter _writer;
    private readonly FreezeWindow _window = new();
    private readonly List<string> _held = [];

    public PlainDisplay(TextWriter writer) => _writer = writer;

    public void Show(NoteQueue notes)
    {
        while (true)
        {
            switch (notes.Take(Timeout.InfiniteTimeSpan))
            {
                case ProgressNote note:
                    _window.Observe(note.Progress);
                    if (note.Progress.Status is not null)
                    {
                        _held.Add(NoteText.OfStep(note.Progress));
                    }
                    else if (note.Progress.Message is { } message)
                    {
                        _held.Add(message);
                    }

                    break;
                case TextNote note:
                    _held.Add(NoteText.OfLine(note));
                    break;
                case EndNote end:
                    _held.AddRange(NoteText.OfEnd(end));
                    WriteHeld();
                    return;
            }

            // Standard error may be a file on a file system that is frozen just now: what is written to it then waits for the thaw.
            if (!_window.IsOpen)
            {
                WriteHeld();
            }
        }
    }

    private void WriteHeld()
    {
        foreach (var line in _held)
        {
            _writer.Write(Escape.ForPerson(line) + "\n");
        }

        _held.Clear();
        _writer.Flush();
    }
}
