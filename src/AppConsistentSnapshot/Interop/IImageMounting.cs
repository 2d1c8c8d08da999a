namespace AppConsistentSnapshot.Interop;

/// <summary>Mounts and unmounts.</summary>
internal interface IImageMounting
{
    /// <summary>Mounts read-only, without devices and set-user-id programs.</summary>
    Errno Mount(string device, string mountPoint, string fileSystemType, string? data);

    /// <summary>Unmounts; where told so, hides a busy mount at once and lets the kernel end it after its last use.</summary>
    Errno Unmount(string mountPoint, bool detach);

    /// <summary>The id that the kernel gave to a mounted Btrfs, as in sysfs.</summary>
    Errno ReadBtrfsId(string mountPoint, out string id);

    /// <summary>Where a device is mounted in this mount namespace.</summary>
    IReadOnlyList<string> FindMountPoints(string device);
}
