using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.Versioning;

namespace AppConsistentSnapshot.Interop.Linux;

/// <summary>Calls statx(2) and reads its answer by the offsets of <c>linux/stat.h</c>, which are the same on every architecture.</summary>
[SupportedOSPlatform("linux")]
internal static unsafe class Statx
{
    public const int EmptyPath = 0x1000;
    private const int NoFollow = 0x100;
    private const int NoAutomount = 0x800;
    private const uint BasicStatsAndMountId = 0x07ff | 0x1000;
    private const ulong MountRootAttribute = 0x2000;
    private const int BufferSize = 256;

    public static Errno Read(int folder, string path, int flags, out FileFacts facts)
    {
        var buffer = stackalloc byte[BufferSize];
        var errno = Libc.Capture(ImageCalls.Statx(folder, path, flags | NoFollow | NoAutomount, BasicStatsAndMountId, buffer));
        facts = errno == Errno.None ? Parse(new ReadOnlySpan<byte>(buffer, BufferSize)) : default;
        return errno;
    }

    private static FileFacts Parse(ReadOnlySpan<byte> answer)
    {
        var mode = BinaryPrimitives.ReadUInt16LittleEndian(answer[28..]);
        return new FileFacts(
            DeviceNumber: Number(U32(answer[136..]), U32(answer[140..])),
            Inode: U64(answer[32..]),
            Kind: (mode & 0xF000) switch { 0x8000 => FileKind.Regular, 0x4000 => FileKind.Folder, 0xA000 => FileKind.Link, _ => FileKind.Unknown },
            Mode: mode & 0xFFF,
            Owner: U32(answer[20..]),
            Length: (long)U64(answer[40..]),
            MountId: U64(answer[144..]),
            IsMountRoot: (U64(answer[8..]) & MountRootAttribute) != 0);
    }

    /// <summary>The number of the device that an open block device node stands for, or null where it is none.</summary>
    public static string? ReadDevice(int node)
    {
        var buffer = stackalloc byte[BufferSize];
        var errno = Libc.Capture(ImageCalls.Statx(node, "", EmptyPath, BasicStatsAndMountId, buffer));
        var answer = new ReadOnlySpan<byte>(buffer, BufferSize);
        return errno == Errno.None && (BinaryPrimitives.ReadUInt16LittleEndian(answer[28..]) & 0xF000) == 0x6000
            ? Number(U32(answer[128..]), U32(answer[132..]))
            : null;
    }

    /// <summary>A device number as the mount table writes it.</summary>
    public static string Number(uint major, uint minor) => string.Create(CultureInfo.InvariantCulture, $"{major}:{minor}");

    private static uint U32(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private static ulong U64(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt64LittleEndian(bytes);
}
