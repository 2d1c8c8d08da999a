namespace AppConsistentSnapshot.Freezing;

/// <summary>A file system as the mount table has it (<c>/proc/self/mountinfo</c>, see proc(5)).</summary>
public sealed class MountedFileSystem
{
    /// <summary>Gets the mount point.</summary>
    public required string MountPoint { get; init; }

    /// <summary>Gets the id of this mount.</summary>
    public required int MountId { get; init; }

    /// <summary>Gets the device number of the superblock as <c>major:minor</c>. Two mounts with the same one are the same file system.</summary>
    public required string DeviceNumber { get; init; }

    /// <summary>Gets the type, such as <c>ext4</c>.</summary>
    public required string FileSystemType { get; init; }

    /// <summary>Gets the source, such as <c>/dev/sda1</c>.</summary>
    public required string Source { get; init; }

    /// <summary>Gets the folder of the file system that is mounted; <c>/</c> but for bind mounts and Btrfs subvolumes.</summary>
    public string Root { get; init; } = "/";

    /// <summary>Gets the mount's own options.</summary>
    public string MountOptions { get; init; } = "";

    /// <summary>Gets the options of the superblock.</summary>
    public string SuperOptions { get; init; } = "";
}
