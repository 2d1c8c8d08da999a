namespace AppConsistentSnapshot.Interop;

/// <summary>What a loop device is made of (LOOP_GET_STATUS64).</summary>
/// <param name="BackingDeviceNumber">The device of the file system that holds the file, as <c>major:minor</c>.</param>
/// <param name="BackingInode">The file's inode number.</param>
/// <param name="Offset">The byte in the file at which the device begins.</param>
/// <param name="SizeLimit">The bytes that it shows at most; 0 for all.</param>
internal readonly record struct LoopStatus(string BackingDeviceNumber, ulong BackingInode, long Offset, long SizeLimit);
