using System.Text.Json;

namespace AppConsistentSnapshot.Journals;

/// <summary>Records as lines and back.</summary>
internal static class JournalLines
{
    /// <summary>Written by whoever goes on with a file: it ends a line that its writer died in. JSON never holds the character CAN.</summary>
    public static ReadOnlySpan<byte> EndOfTornLine => "\u0018\n"u8;

    public static byte[] Write(JournalRecord record)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(record, JournalJsonContext.Default.JournalRecord);
        return [.. json, (byte)'\n'];
    }

    /// <summary>Reads lines. What cannot be read is counted; a last line without an end is one that its writer died in, and no fault.</summary>
    public static IReadOnlyList<JournalRecord> Read(ReadOnlySpan<byte> content, out int unreadable)
    {
        var records = new List<JournalRecord>();
        unreadable = 0;
        while (content.Length > 0)
        {
            var end = content.IndexOf((byte)'\n');
            var line = end < 0 ? content : content[..end];
            content = end < 0 ? [] : content[(end + 1)..];
            if (TryRead(line) is { } record)
            {
                records.Add(record);
            }
            else if (end >= 0 && line.Length > 0 && line[^1] != EndOfTornLine[0])
            {
                unreadable++;
            }
        }

        return records;
    }

    private static JournalRecord? TryRead(ReadOnlySpan<byte> line)
    {
        try
        {
            return line.Length == 0 ? null : JsonSerializer.Deserialize(line, JournalJsonContext.Default.JournalRecord);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
