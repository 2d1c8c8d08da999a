using System.Buffers;
using System.Text.Json;

namespace AppConsistentSnapshot.Plans;

/// <summary>Says in words where and how a text is no JSON: the reader's own messages speak to programmers.</summary>
internal static class JsonFault
{
    private const string Allowed = "JSON as in RFC 8259";
    private const int LongestWord = 32;

    private static readonly SearchValues<byte> Between = SearchValues.Create(" \t\r\n:,"u8);

    /// <summary>What makes it pointless to read the text at all, or null.</summary>
    public static Problem? OfWholeText(PlanContext context) => context.Text.Span switch
    {
        [] => Whole("The file is empty.", "nothing", "Write a plan into the file, at least { \"preScriptLocation\": \"/…\", \"postScriptLocation\": \"/…\" }."),
        var text when text.IndexOfAnyExcept((byte)0) < 0 =>
            Whole("The file has nothing but NUL bytes; it may have been lost in a crash.", "NUL bytes", "Write the plan anew, or restore it."),
        [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] or [0, ..] or [_, 0, ..] =>
            Whole("The file is not UTF-8; it looks like UTF-16 or UTF-32.", "no UTF-8", "Save the file as UTF-8, such as by 'iconv -f utf-16 -t utf-8'."),
        var text when text.TrimStart(" \t\r\n"u8).IsEmpty =>
            Whole("The file has nothing but blanks.", "blanks", "Write a plan into the file, at least { \"preScriptLocation\": \"/…\", \"postScriptLocation\": \"/…\" }."),
        _ => null,
    };

    public static Problem Of(JsonException exception, in PlanTokens tokens, PlanContext context)
    {
        var text = context.Text.Span;
        var offset = context.OffsetOf(exception.LineNumber ?? 0, exception.BytePositionInLine ?? 0);
        var blanks = text[tokens.End..].IndexOfAnyExcept(Between);
        var pending = blanks < 0 ? text.Length : tokens.End + blanks;
        if (tokens.IsComplete)
        {
            return Create(context, offset, Word(text[offset..]), "Something follows after the end of the plan.", "Remove everything behind the } that ends the plan.");
        }

        if (pending == text.Length || offset < pending)
        {
            return Elsewhere(context, text, offset);
        }

        return text[pending] switch
        {
            (byte)'"' when IsClosedBefore(offset, text[(pending + 1)..], pending + 1) =>
                Create(context, offset, Word(text[offset..]), "A colon is missing between a name and its value.", "Write \"name\": value."),
            (byte)'"' when offset > pending => InText(context, text, pending, offset),
            (byte)'"' => Create(context, offset, "\"", "A comma or a colon is missing before this text.", "Put a comma between two fields, and a colon between a name and its value."),
            (byte)'\'' => Create(context, pending, "'", "A text is in single quotes.", "Use double quotes: \"."),
            (byte)'{' or (byte)'[' when tokens.Depth >= PlanTokens.MaxDepth - 1 => TooDeep(context, text, pending),
            var first when char.IsAsciiLetter((char)first) => Bare(context, text, pending),
            _ => Elsewhere(context, text, offset),
        };
    }

    private static Problem Elsewhere(PlanContext context, ReadOnlySpan<byte> text, int offset) => offset >= text.Length
        ? Create(context, offset, "end of the file", "The file ends too early.", "Close what is open: each { by }, each [ by ], each text by a double quote.")
        : Create(context, offset, Word(text[offset..]), $"'{Word(text[offset..])}' cannot stand here.",
            "Compare the line with the example in docs/plan-format.md: a comma, a quote or a bracket is wrong or missing here or just before.");

    private static Problem TooDeep(PlanContext context, ReadOnlySpan<byte> text, int offset) => Create(
        context, offset, Word(text[offset..]), $"Lists or objects lie more than {PlanTokens.MaxDepth} deep in each other.",
        "A plan needs no more than lists in one object; remove the rest.");

    private static bool IsClosedBefore(int offset, ReadOnlySpan<byte> text, int start)
    {
        for (var i = 0; i < text.Length && start + i < offset; i++)
        {
            if (text[i] == (byte)'"')
            {
                return true;
            }

            i += text[i] == (byte)'\\' ? 1 : 0;
        }

        return false;
    }

    private static Problem InText(PlanContext context, ReadOnlySpan<byte> text, int start, int offset) => offset >= text.Length
        ? Create(context, start, "\"", "The text that begins here never ends.", "Put a double quote at its end.")
        : text[offset] < 0x20
            ? Create(context, offset, Word(text[offset..]), "A line break, tab or other control character stands in a text.", "Put the missing double quote at the end of the text, or write \\n or \\t.")
            : Create(context, offset, Word(text[offset..]), "After a backslash stands what no escape begins with.", "Write a backslash that is meant as such twice: \\\\.");

    private static Problem Bare(PlanContext context, ReadOnlySpan<byte> text, int start)
    {
        var word = Word(text[start..]);
        return word.ToUpperInvariant() is "TRUE" or "FALSE" or "NULL"
            ? Create(context, start, word, $"'{word}' is no JSON: upper and lower case matter.", $"Write {word.ToLowerInvariant()}.")
            : Create(context, start, word, $"'{word}' stands without quotes.", "Put names and texts in double quotes.");
    }

    // Not the rest of the line: if the path was wrong, this may be a file whose content is nobody's business.
    private static string Word(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return "end of the file";
        }

        var length = 0;
        while (length < Math.Min(text.Length, LongestWord) && char.IsAsciiLetterOrDigit((char)text[length]))
        {
            length++;
        }

        return length == 0 && text[0] >= 0x80 ? $"byte 0x{text[0]:X2}" : Excerpt.Of(text[..Math.Max(length, 1)]);
    }

    private static Problem Whole(string message, string found, string action) =>
        new(message, action) { Position = TextPosition.Start, Found = found, Allowed = "a JSON object in UTF-8" };

    private static Problem Create(PlanContext context, int offset, string found, string message, string action) =>
        new(message, action) { Position = context.At(offset), Found = found, Allowed = Allowed };
}
