using System.Runtime.InteropServices;

namespace AppConsistentSnapshot.Interop;

/// <summary>A time stamp as the kernel keeps it. <see cref="DateTimeOffset"/> would drop the last two digits.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FileTime(long Seconds, uint Nanoseconds);
