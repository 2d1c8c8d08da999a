using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace AppConsistentSnapshot.Permissions;

/// <summary>Paths as the kernel sees them, bytes, and as people and shells read them.</summary>
internal static class PathText
{
    private const string NeedsNoQuotes = "/._-+:@%,=";
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The bytes of a path; null for half a surrogate pair, which is no character, so that it is not taken for another file's name.</summary>
    public static byte[]? TryEncode(string path)
    {
        try
        {
            return Strict.GetBytes(path);
        }
        catch (EncoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>In single quotes, on one line: whatever could break a line, hide or reorder text is written as in mountinfo.</summary>
    public static string Quote(ReadOnlySpan<byte> path) => $"'{Escape(path, escapeQuote: false)}'";

    /// <inheritdoc cref="Quote(ReadOnlySpan{byte})"/>
    public static string Quote(string path) => Quote(Encoding.UTF8.GetBytes(path));

    /// <summary>The path itself where it is text, else as <see cref="Quote(ReadOnlySpan{byte})"/> writes it, without the quotes.</summary>
    public static string Plain(ReadOnlySpan<byte> path) => Utf8.IsValid(path) ? Encoding.UTF8.GetString(path) : Escape(path, escapeQuote: false);

    /// <summary>As one word for a shell.</summary>
    public static string ForShell(ReadOnlySpan<byte> path)
    {
        if (!IsPrintable(path))
        {
            // Octal escapes are the only ones that every shell which has this form of quotes reads alike.
            return $"$'{Escape(path, escapeQuote: true)}'";
        }

        var plain = Encoding.UTF8.GetString(path);
        return plain.Length > 0 && plain.All(static c => char.IsAsciiLetterOrDigit(c) || NeedsNoQuotes.Contains(c, StringComparison.Ordinal))
            ? plain
            : $"'{plain.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }

    /// <inheritdoc cref="ForShell(ReadOnlySpan{byte})"/>
    public static string ForShell(string path) => ForShell(Encoding.UTF8.GetBytes(path));

    private static bool IsPrintable(ReadOnlySpan<byte> path)
    {
        foreach (var rune in Utf8.IsValid(path) ? Encoding.UTF8.GetString(path).EnumerateRunes() : "\0".EnumerateRunes())
        {
            if (IsUnprintable(rune))
            {
                return false;
            }
        }

        return true;
    }

    private static string Escape(ReadOnlySpan<byte> path, bool escapeQuote)
    {
        var text = new StringBuilder(path.Length);
        while (!path.IsEmpty)
        {
            var valid = Rune.DecodeFromUtf8(path, out var rune, out var length) == System.Buffers.OperationStatus.Done;
            if (!valid || IsUnprintable(rune))
            {
                foreach (var unit in path[..length])
                {
                    text.Append('\\').Append(Convert.ToString(unit, 8).PadLeft(3, '0'));
                }
            }
            else
            {
                text.Append(rune.Value == '\\' || (escapeQuote && rune.Value == '\'') ? "\\" : "").Append(rune);
            }

            path = path[length..];
        }

        return text.ToString();
    }

    private static bool IsUnprintable(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;
}
