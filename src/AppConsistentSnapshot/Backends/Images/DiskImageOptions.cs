namespace AppConsistentSnapshot.Backends.Images;

/// <summary>What the disk image backend needs to know.</summary>
public sealed class DiskImageOptions
{
    /// <summary>Gets or sets the folder that images are made in.</summary>
    /// <value>
    /// An absolute path. The folder must exist, belong to root, and be writable by nobody else; it must not lie on a file system that is to
    /// be cut. Images become reflinks where it lies on the same Btrfs or XFS as the file that is copied.
    /// </value>
    public required string OutputFolder { get; set; }

    /// <summary>Gets or sets how to copy.</summary>
    /// <value>The default is <see cref="DiskImageCopyMode.Auto"/>.</value>
    public DiskImageCopyMode CopyMode { get; set; }

    /// <summary>Gets or sets the speed that the estimate of a copy's time is based on, in bytes per second.</summary>
    /// <value>More than zero. <see langword="null"/> by default: the first 16 MiB are copied in advance, and the time for that is taken.</value>
    public long? CopyBytesPerSecond { get; set; }
}
