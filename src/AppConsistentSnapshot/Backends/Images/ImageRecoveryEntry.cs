namespace AppConsistentSnapshot.Backends.Images;

/// <summary>One image of a run, by name and inode: what has the name but not the inode is somebody else's.</summary>
internal sealed class ImageRecoveryEntry
{
    public required string Name { get; init; }

    public required ulong Inode { get; init; }
}
