namespace AppConsistentSnapshot.Interop;

/// <summary>What the kernel says of a file (statx(2)).</summary>
/// <param name="DeviceNumber">The device of its file system as <c>major:minor</c>.</param>
/// <param name="Inode">The inode number.</param>
/// <param name="Kind">The kind.</param>
/// <param name="Mode">The twelve permission bits.</param>
/// <param name="Owner">The user id of its owner.</param>
/// <param name="Length">The length in bytes.</param>
/// <param name="MountId">The id of the mount that it was reached through; 0 where the kernel does not say.</param>
/// <param name="IsMountRoot">Whether something is mounted there.</param>
internal readonly record struct FileFacts(
    string DeviceNumber, ulong Inode, FileKind Kind, int Mode, uint Owner, long Length, ulong MountId, bool IsMountRoot);
