namespace AppConsistentSnapshot.Interop;

/// <summary>What block devices are made of.</summary>
internal interface IBlockDevices
{
    /// <summary>The files that a file system finally lies in, through partitions, dm, md and loop devices. Empty where it lies on disks or it is not known.</summary>
    /// <param name="deviceNumber">The superblock's <c>major:minor</c>.</param>
    /// <param name="source">The source of the mount, for file systems without a device number of their own (major 0).</param>
    IReadOnlyList<string> FindBackingFiles(string deviceNumber, string source);
}
