using Spectre.Console;

namespace AppConsistentSnapshot.Tool.Reporting;

/// <summary>Everything that the command says on standard error while it works, written by a thread of its own so that nothing waits for a terminal.</summary>
internal sealed class Reporter : IProgress<SnapshotProgress>, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly NoteQueue _notes = new();
    private readonly IAnsiConsole _console;
    private readonly Thread _thread;

    public Reporter(IAnsiConsole console, TimeProvider timeProvider)
    {
        _console = console;
        INoteDisplay display = console.Profile.Capabilities is { Interactive: true, Ansi: true }
            ? new LiveDisplay(console, timeProvider)
            : new PlainDisplay(console.Profile.Out.Writer);
        _thread = new Thread(() => Show(display)) { IsBackground = true, Name = "acsnap standard error" };
        _thread.Start();
    }

    public void Report(SnapshotProgress value) => _notes.Add(new ProgressNote(value));

    /// <summary>Says something that concerns the command line or the process.</summary>
    public void Note(string text) => _notes.Add(new TextNote(TextKind.Note, text));

    public void Error(string text) => _notes.Add(new TextNote(TextKind.Error, text));

    public void Log(string line, bool isWarning) => _notes.Add(new TextNote(isWarning ? TextKind.LogWarning : TextKind.Log, line));

    /// <summary>Writes what is left, for a bounded time: a standard error that nobody reads must not keep the result back.</summary>
    public void Close()
    {
        _notes.Complete();
        _ = _thread.Join(Patience);
    }

    public void Dispose()
    {
        Close();
        if (!_thread.IsAlive)
        {
            _notes.Dispose();
        }
    }

    private void Show(INoteDisplay display)
    {
        try
        {
            display.Show(_notes);
        }
#pragma warning disable CA1031 // A defect in drawing must not end a run that has file systems frozen: what is left is written plainly.
        catch (Exception defect)
#pragma warning restore CA1031
        {
            Note($"the live display failed ({defect.GetType().Name}: {defect.Message}); plain lines follow");
            new PlainDisplay(_console.Profile.Out.Writer).Show(_notes);
        }
    }
}
