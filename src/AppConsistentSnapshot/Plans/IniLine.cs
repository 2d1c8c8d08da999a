using System.Text;
using System.Text.Unicode;

namespace AppConsistentSnapshot.Plans;

/// <summary>One line of a host configuration.</summary>
internal sealed class IniLine
{
    private readonly string _text;

    private IniLine(int number, ReadOnlySpan<byte> bytes)
    {
        Number = number;
        _text = Encoding.UTF8.GetString(bytes);
        Content = _text.Trim();
        Indent = _text.Length - _text.TrimStart().Length;
        InvalidAt = FindInvalid(bytes, out var invalid) ? new TextPosition(number, invalid + 1) : null;
        InvalidByte = InvalidAt is null ? (byte)0 : bytes[invalid];
    }

    public int Number { get; }

    /// <summary>The line without the blanks around it.</summary>
    public string Content { get; }

    public int Indent { get; }

    public bool IsComment => Content.StartsWith('#') || Content.StartsWith(';');

    /// <summary>Where the line is not UTF-8, or null.</summary>
    public TextPosition? InvalidAt { get; }

    public byte InvalidByte { get; }

    /// <summary>A line ends as Python's universal newlines do: by LF, CR LF or CR.</summary>
    public static IEnumerable<IniLine> Split(ReadOnlyMemory<byte> text)
    {
        var number = 1;
        while (!text.IsEmpty)
        {
            var length = text.Span.IndexOfAny("\r\n"u8);
            var line = length < 0 ? text : text[..length];
            yield return new(number++, line.Span);
            var end = length < 0 ? 0 : text.Span[length..].StartsWith("\r\n"u8) ? 2 : 1;
            text = text[(line.Length + end)..];
        }
    }

    /// <summary>The place of a character of <see cref="Content"/>.</summary>
    public TextPosition At(int index) => new(Number, Encoding.UTF8.GetByteCount(_text.AsSpan(0, Indent + index)) + 1);

    private static bool FindInvalid(ReadOnlySpan<byte> bytes, out int index)
    {
        index = 0;
        if (Utf8.IsValid(bytes))
        {
            return false;
        }

        _ = Utf8.ToUtf16(bytes, new char[bytes.Length], out index, out _, replaceInvalidSequences: false);
        return true;
    }
}
