namespace AppConsistentSnapshot.Interop;

/// <summary>An open folder. Names are used relative to it, so that nobody can swap it between two calls.</summary>
internal interface IJournalFolder : IDisposable
{
    string Path { get; }

    /// <summary>Whether it lies in memory (tmpfs), so that a write can wait for no disk.</summary>
    bool IsInMemory { get; }

    Errno List(out IReadOnlyList<string> names);

    Errno Read(string name, out byte[] content);

    /// <summary>Makes a file that only this user can touch, with room for so many bytes; EEXIST where the name is taken.</summary>
    Errno Create(string name, int room, out IJournalFile? file);

    /// <summary>Opens a file to be added to; a symbolic link is refused.</summary>
    Errno Open(string name, out IJournalFile? file);

    /// <summary>Removes a file, durably.</summary>
    Errno Remove(string name);

    /// <summary>Locks a file, which is made where it is not there; EAGAIN where somebody holds the lock.</summary>
    Errno Lock(string name, out IFileLock? held);
}
