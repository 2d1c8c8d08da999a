using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace AppConsistentSnapshot.Freezing.Process;

/// <summary>Tells native programs of this machine from others (elf(5)).</summary>
internal static class NativeProgram
{
    private const int HeadSize = 20;
    private const int MachineOffset = 18;
    private const ushort X64 = 62;
    private const ushort Arm64 = 183;

    public static bool FitsThisMachine(string path)
    {
        Span<byte> head = stackalloc byte[HeadSize];
        try
        {
            using var file = File.OpenRead(path);
            return file.ReadAtLeast(head, HeadSize, throwOnEndOfStream: false) == HeadSize && Fits(head);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool Fits(ReadOnlySpan<byte> head) =>
        head.StartsWith("\u007fELF"u8)
        && BinaryPrimitives.ReadUInt16LittleEndian(head[MachineOffset..]) == (RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? Arm64 : X64);
}
