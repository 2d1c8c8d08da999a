namespace AppConsistentSnapshot.Freezing;

/// <summary>One line of the mount table.</summary>
internal sealed class MountEntry
{
    public required MountedFileSystem FileSystem { get; init; }

    /// <summary>The mount that this one is mounted on; 0 where the table does not hold it.</summary>
    public required int ParentId { get; init; }

    /// <summary>Whether the mount point is valid UTF-8. Where not, it is shown escaped and no path can name it.</summary>
    public required bool HasName { get; init; }
}
