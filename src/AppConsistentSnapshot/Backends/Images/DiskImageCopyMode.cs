namespace AppConsistentSnapshot.Backends.Images;

/// <summary>How the disk image backend copies.</summary>
public enum DiskImageCopyMode
{
    /// <summary>By sharing blocks where the file system that holds the file can (Btrfs, XFS), else byte by byte.</summary>
    Auto = 0,

    /// <summary>Only by sharing blocks: takes milliseconds, whatever the size. Refused where the file system cannot.</summary>
    Reflink = 1,

    /// <summary>Always byte by byte, without holes. The image shares no block with the original.</summary>
    Copy = 2,
}
