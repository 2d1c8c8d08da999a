namespace AppConsistentSnapshot.Freezing;

/// <summary>What the mount table says of a path. No file system is touched for it.</summary>
public sealed class MountInspection
{
    /// <summary>Gets the path that was asked for.</summary>
    public required string Path { get; init; }

    /// <summary>Gets the file system that the path lies on, or <see langword="null"/> where none could be found.</summary>
    public MountedFileSystem? FileSystem { get; init; }

    /// <summary>Gets whether the path is itself the mount point.</summary>
    public bool IsMountPoint { get; init; }

    /// <summary>Gets whether the file system can be frozen.</summary>
    public Freezability Freezability { get; init; }

    /// <summary>Gets why it cannot, where it cannot.</summary>
    public string? Reason { get; init; }
}
