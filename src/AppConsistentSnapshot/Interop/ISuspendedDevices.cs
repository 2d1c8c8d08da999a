namespace AppConsistentSnapshot.Interop;

/// <summary>Which device-mapper devices are suspended.</summary>
internal interface ISuspendedDevices
{
    /// <summary>The name of a suspended device that a file system lies on, or null where there is none.</summary>
    /// <param name="deviceNumber">The superblock's <c>major:minor</c>.</param>
    /// <param name="source">The source of the mount, for file systems without a device number of their own (major 0).</param>
    string? Find(string deviceNumber, string source);
}
