using System.Runtime.InteropServices;

namespace AppConsistentSnapshot.Interop.Linux;

/// <summary><c>struct statfs</c> of x64 and arm64: 120 bytes.</summary>
[StructLayout(LayoutKind.Explicit, Size = 120)]
internal struct StatfsBuffer
{
    [FieldOffset(0)]
    public long Type;

    [FieldOffset(80)]
    public long Flags;
}
