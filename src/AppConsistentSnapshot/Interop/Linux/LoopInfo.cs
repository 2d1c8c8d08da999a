using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace AppConsistentSnapshot.Interop.Linux;

/// <summary><c>struct loop_info64</c> of <c>linux/loop.h</c>; names and keys are never used.</summary>
[SupportedOSPlatform("linux")]
[StructLayout(LayoutKind.Explicit, Size = 232)]
internal struct LoopInfo
{
    public const uint ReadOnlyFlag = 1;
    public const uint AutoClearFlag = 4;

    [FieldOffset(0)]
    public ulong Device;

    [FieldOffset(8)]
    public ulong Inode;

    [FieldOffset(24)]
    public ulong Offset;

    [FieldOffset(32)]
    public ulong SizeLimit;

    [FieldOffset(52)]
    public uint Flags;

    /// <summary>The kernel's <c>huge_encode_dev</c>.</summary>
    public readonly string DeviceNumber =>
        Statx.Number((uint)((Device & 0xfff00) >> 8), (uint)((Device & 0xff) | ((Device >> 12) & 0xfff00)));
}
