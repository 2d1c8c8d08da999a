using System.Buffers.Binary;

namespace AppConsistentSnapshot.Freezing.Process;

/// <summary>The conversation of host and freezer: messages with a head of 16 bytes, little endian.</summary>
/// <remarks>Both ends come from one build, and the version, the first argument, has to be the same: nothing here is a stable format.</remarks>
internal static class FreezerProtocol
{
    public const int Version = 1;

    /// <summary>The size of a message's head.</summary>
    public const int HeadSize = 16;

    /// <summary>The size of the largest message.</summary>
    public const int Largest = 128 * 1024;

    /// <summary>Writes a head.</summary>
    /// <param name="message">Where to.</param>
    /// <param name="kind">The kind, which the two directions number each by itself.</param>
    /// <param name="detail">A small number.</param>
    /// <param name="number">A number.</param>
    /// <param name="ticks">A time.</param>
    public static void WriteHead(Span<byte> message, byte kind, byte detail = 0, int number = 0, long ticks = 0)
    {
        message[0] = kind;
        message[1] = detail;
        message[2] = message[3] = 0;
        BinaryPrimitives.WriteInt32LittleEndian(message[4..], number);
        BinaryPrimitives.WriteInt64LittleEndian(message[8..], ticks);
    }

    /// <summary>The number in a head.</summary>
    public static int Number(ReadOnlySpan<byte> message) => BinaryPrimitives.ReadInt32LittleEndian(message[4..]);

    /// <summary>The time in a head.</summary>
    public static TimeSpan Time(ReadOnlySpan<byte> message) => TimeSpan.FromTicks(BinaryPrimitives.ReadInt64LittleEndian(message[8..]));
}
