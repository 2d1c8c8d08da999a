using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace AppConsistentSnapshot.Interop.Linux;

/// <summary><c>struct loop_config</c> of <c>linux/loop.h</c>.</summary>
[SupportedOSPlatform("linux")]
[StructLayout(LayoutKind.Explicit, Size = 304)]
internal struct LoopConfiguration
{
    [FieldOffset(0)]
    public uint File;

    [FieldOffset(4)]
    public uint BlockSize;

    [FieldOffset(8)]
    public LoopInfo Info;
}
