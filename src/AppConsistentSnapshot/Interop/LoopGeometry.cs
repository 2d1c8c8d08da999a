using System.Runtime.InteropServices;

namespace AppConsistentSnapshot.Interop;

/// <summary>Which part of a file a loop device shows.</summary>
/// <param name="Offset">The byte at which it begins.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="LogicalBlockSize">The smallest unit that it can be addressed by, in bytes.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct LoopGeometry(long Offset, long Size, int LogicalBlockSize);
