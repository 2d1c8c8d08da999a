using Microsoft.Win32.SafeHandles;

namespace AppConsistentSnapshot.Interop;

/// <summary>What sysfs says of block devices and Btrfs.</summary>
internal interface ISourceDevices
{
    /// <summary>Looks a device up by its <c>major:minor</c>.</summary>
    SourceDevice? Find(string number);

    /// <summary>The <c>major:minor</c> of a device node.</summary>
    string? FindNumber(string path);

    /// <summary>The kernel's names of all devices of the mounted Btrfs that a device belongs to; empty where it belongs to none.</summary>
    IReadOnlyList<string> FindBtrfsMembers(string name);

    /// <summary>Whether a Btrfs of this id is mounted, by one device of that name where a name is given.</summary>
    bool IsBtrfsMounted(string id, string? memberName = null);

    /// <summary>Whether the kernel gives a copy of a mounted Btrfs an id of its own (Linux 6.7).</summary>
    bool SeparatesBtrfsCopies { get; }

    /// <summary>Opens the write counters of a device; null where the kernel keeps none.</summary>
    IWriteCounter? OpenWriteCounter(string number);

    /// <summary>The physical disks that a file lies on, as far as they can be told.</summary>
    IReadOnlyList<string> FindDisks(SafeFileHandle file);
}
