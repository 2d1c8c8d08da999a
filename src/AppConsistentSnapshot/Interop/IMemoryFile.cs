namespace AppConsistentSnapshot.Interop;

/// <summary>A file in memory that nobody can change once it is sealed. It is gone when it is disposed.</summary>
internal interface IMemoryFile : IDisposable
{
    /// <summary>The path under which other processes can execute it while this is alive.</summary>
    string Path { get; }

    Errno Append(ReadOnlySpan<byte> bytes);

    /// <summary>Makes it executable and unchangeable, also for this process.</summary>
    /// <returns><see cref="Errno.EACCES"/> where this machine lets nobody execute files in memory.</returns>
    Errno Seal();
}
