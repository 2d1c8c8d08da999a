using System.Runtime.InteropServices;

namespace AppConsistentSnapshot.Interop;

/// <summary>What stays the same as long as nobody changes a file. Nobody can set the change time back, not even root by utimensat(2).</summary>
/// <param name="Device">The device, major number in the upper half.</param>
/// <param name="Inode">The inode. It is not used again while somebody holds the file open.</param>
/// <param name="Size">The size in bytes.</param>
/// <param name="Modified">When the content was changed, with nanoseconds.</param>
/// <param name="Changed">When the content, an attribute or a link was changed, with nanoseconds.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FileIdentity(ulong Device, ulong Inode, ulong Size, FileTime Modified, FileTime Changed);
