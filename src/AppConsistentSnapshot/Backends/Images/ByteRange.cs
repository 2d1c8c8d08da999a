using System.Runtime.InteropServices;

namespace AppConsistentSnapshot.Backends.Images;

/// <summary>Part of a file.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ByteRange(long Start, long End)
{
    public long Length => End - Start;
}
