using System.Collections.Concurrent;

namespace AppConsistentSnapshot.Tool.Reporting;

/// <summary>Hands notes from the run to the thread that writes them. Adding never waits: the run does not depend on who reads.</summary>
internal sealed class NoteQueue : IDisposable
{
    /// <summary>How many log lines may wait; a script can write more than any terminal shows.</summary>
    public const int LogLimit = 10_000;

    private readonly ConcurrentQueue<Note> _notes = new();
    private readonly SemaphoreSlim _count = new(0);
    private readonly Lock _lock = new();
    private int _logs;
    private int _dropped;
    private bool _completed;

    /// <summary>Adds a note. Does nothing once the queue is completed: a late word is no reason to fail.</summary>
    public void Add(Note note)
    {
        lock (_lock)
        {
            if (_completed)
            {
                return;
            }

            if (IsLog(note) && ++_logs > LogLimit)
            {
                _logs--;
                _dropped++;
                return;
            }

            Enqueue(note);
        }
    }

    /// <summary>Adds the last note.</summary>
    public void Complete()
    {
        lock (_lock)
        {
            if (!_completed)
            {
                _completed = true;
                Enqueue(new EndNote(_dropped));
            }
        }
    }

    /// <summary>Gives the next note, or null if there is none for that long. After <see cref="EndNote"/> there is none.</summary>
    public Note? Take(TimeSpan patience)
    {
        if (!_count.Wait(patience) || !_notes.TryDequeue(out var note))
        {
            return null;
        }

        if (IsLog(note))
        {
            lock (_lock)
            {
                _logs--;
            }
        }

        return note;
    }

    public void Dispose() => _count.Dispose();

    private static bool IsLog(Note note) => note is TextNote { Kind: TextKind.Log or TextKind.LogWarning };

    private void Enqueue(Note note)
    {
        _notes.Enqueue(note);
        _ = _count.Release();
    }
}
