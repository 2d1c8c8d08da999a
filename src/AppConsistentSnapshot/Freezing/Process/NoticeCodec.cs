using System.Buffers.Binary;
using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Freezing.Process;

/// <summary>A notice as bytes, after the head. Writing allocates nothing.</summary>
internal static class NoticeCodec
{
    private const long Absent = long.MinValue;
    private const int FixedSize = 40;
    private const int TargetSize = 56;

    public static int SizeOf(int targets) => FixedSize + (targets * TargetSize);

    public static void Write(Span<byte> bytes, FreezeNotice notice)
    {
        bytes[0] = (byte)notice.Kind;
        bytes[1] = (byte)notice.Release;
        BinaryPrimitives.WriteInt32LittleEndian(bytes[4..], notice.Probe);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], notice.FrozenAt?.UtcTicks ?? Absent);
        WriteTime(bytes[16..], notice.ReleasedAfter);
        WriteTime(bytes[24..], notice.Elapsed);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[32..], notice.Targets.Count);
        for (var i = 0; i < notice.Targets.Count; i++)
        {
            WriteStatus(bytes[(FixedSize + (i * TargetSize))..], notice.Targets[i]);
        }
    }

    public static FreezeNotice Read(ReadOnlySpan<byte> bytes)
    {
        var targets = new FreezeStatus[BinaryPrimitives.ReadInt32LittleEndian(bytes[32..])];
        for (var i = 0; i < targets.Length; i++)
        {
            targets[i] = ReadStatus(bytes[(FixedSize + (i * TargetSize))..]);
        }

        var frozenAt = BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]);
        return new FreezeNotice
        {
            Kind = (FreezeNoticeKind)bytes[0],
            Release = (FreezeRelease)bytes[1],
            Probe = BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]),
            FrozenAt = frozenAt == Absent ? null : new DateTimeOffset(frozenAt, TimeSpan.Zero),
            ReleasedAfter = ReadTime(bytes[16..]),
            Elapsed = ReadTime(bytes[24..]).GetValueOrDefault(),
            Targets = targets,
        };
    }

    private static void WriteStatus(Span<byte> bytes, in FreezeStatus status)
    {
        bytes[0] = (byte)status.Phase;
        bytes[1] = status.IsLate ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt32LittleEndian(bytes[4..], (int)status.FreezeErrno);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[8..], status.Probe);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[12..], (int)status.ProbeErrno);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[16..], (int)status.ThawErrno);
        WriteTime(bytes[24..], status.FreezeStart);
        WriteTime(bytes[32..], status.FreezeEnd);
        WriteTime(bytes[40..], status.ThawStart);
        WriteTime(bytes[48..], status.ThawEnd);
    }

    private static FreezeStatus ReadStatus(ReadOnlySpan<byte> bytes) => new()
    {
        Phase = (FreezePhase)bytes[0],
        IsLate = bytes[1] != 0,
        FreezeErrno = (Errno)BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]),
        Probe = BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]),
        ProbeErrno = (Errno)BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]),
        ThawErrno = (Errno)BinaryPrimitives.ReadInt32LittleEndian(bytes[16..]),
        FreezeStart = ReadTime(bytes[24..]).GetValueOrDefault(),
        FreezeEnd = ReadTime(bytes[32..]),
        ThawStart = ReadTime(bytes[40..]),
        ThawEnd = ReadTime(bytes[48..]),
    };

    private static void WriteTime(Span<byte> bytes, TimeSpan? time) =>
        BinaryPrimitives.WriteInt64LittleEndian(bytes, time is { } value ? value.Ticks : Absent);

    private static TimeSpan? ReadTime(ReadOnlySpan<byte> bytes) =>
        BinaryPrimitives.ReadInt64LittleEndian(bytes) is var ticks && ticks == Absent ? null : TimeSpan.FromTicks(ticks);
}
