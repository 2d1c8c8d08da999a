using System.Text;

namespace AppConsistentSnapshot.Scripts;

/// <summary>Keeps the last part of what was written, in the order in which it came, in a bounded buffer.</summary>
internal sealed class OutputTail
{
    /// <summary>The most that <see cref="Text"/> has in UTF-8, its note included.</summary>
    public const int Limit = 64 * 1024;

    private readonly byte[] _buffer = new byte[Limit];
    private long _written;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        _written += bytes.Length;
        var kept = bytes.Length > Limit ? bytes[^Limit..] : bytes;
        var start = (int)((_written - kept.Length) % Limit);
        var first = Math.Min(kept.Length, Limit - start);
        kept[..first].CopyTo(_buffer.AsSpan(start));
        kept[first..].CopyTo(_buffer);
    }

    /// <summary>The text as valid UTF-8, or null where nothing was written. Where something is missing, a first line says how much was written.</summary>
    public string? Text()
    {
        if (_written == 0)
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(WithoutTornStart(Content()));
        if (_written <= Limit && Encoding.UTF8.GetByteCount(text) <= Limit)
        {
            return text;
        }

        var note = $"[only the end of {_written} bytes]\n";
        return note + End(text, Limit - note.Length);
    }

    private byte[] Content()
    {
        if (_written <= Limit)
        {
            return _buffer[..(int)_written];
        }

        var start = (int)(_written % Limit);
        return [.. _buffer.AsSpan(start), .. _buffer.AsSpan(0, start)];
    }

    // The cut may have split a character: up to three continuation bytes (10xxxxxx) belong to what is gone.
    private ReadOnlySpan<byte> WithoutTornStart(ReadOnlySpan<byte> content)
    {
        var torn = 0;
        while (_written > Limit && torn < 3 && torn < content.Length && (content[torn] & 0xC0) == 0x80)
        {
            torn++;
        }

        return content[torn..];
    }

    // Replaced bytes take three bytes each, so the text may have grown.
    private static string End(string text, int bytes)
    {
        var length = 0;
        var start = text.Length;
        while (start > 0)
        {
            var width = char.IsLowSurrogate(text[start - 1]) ? 2 : 1;
            length += Encoding.UTF8.GetByteCount(text.AsSpan(start - width, width));
            if (length > bytes)
            {
                break;
            }

            start -= width;
        }

        return text[start..];
    }
}
