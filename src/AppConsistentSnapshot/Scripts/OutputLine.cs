using System.Globalization;
using System.Text;
using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Scripts;

/// <summary>One line of output as it may be logged.</summary>
internal readonly record struct OutputLine(OutputStream Stream, string Text)
{
    /// <summary>Makes a line harmless: what a terminal or a log reader would act on is escaped, what is no UTF-8 is replaced.</summary>
    public static OutputLine From(OutputStream stream, ReadOnlySpan<byte> bytes, long cutOff)
    {
        var text = new StringBuilder(bytes.Length);
        foreach (var rune in Encoding.UTF8.GetString(bytes).EnumerateRunes())
        {
            _ = IsHarmless(rune) ? text.Append(rune.ToString()) : text.Append(Escape(rune.Value));
        }

        if (cutOff > 0)
        {
            _ = text.Append(CultureInfo.InvariantCulture, $"… [{cutOff} more bytes]");
        }

        return new OutputLine(stream, text.ToString());
    }

    private static string Escape(int value) => value switch
    {
        '\t' => "\\t",
        '\r' => "\\r",
        < 0x100 => string.Create(CultureInfo.InvariantCulture, $"\\x{value:x2}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"\\u{{{value:x}}}"),
    };

    // Format characters turn the direction of text round; separators break lines.
    private static bool IsHarmless(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
