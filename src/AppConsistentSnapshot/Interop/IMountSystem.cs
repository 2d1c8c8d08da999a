using System.Runtime.InteropServices;

namespace AppConsistentSnapshot.Interop;

/// <summary>What is mounted, and descriptors of it.</summary>
internal interface IMountSystem
{
    /// <summary>The raw content of <c>/proc/self/mountinfo</c>.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    byte[] ReadMountTable();

    /// <summary>Opens a folder for FIFREEZE. May block on whatever the path leads through.</summary>
    SafeHandle? OpenFolder(string path, out Errno errno);

    /// <summary>The id of the mount that a descriptor is on, or null where the kernel does not say.</summary>
    int? FindMountId(SafeHandle folder);
}
