using System.Globalization;
using System.Text;

namespace AppConsistentSnapshot.Plans;

/// <summary>Shows a value as it stands in a file, in one short line that cannot play tricks with a terminal or a log.</summary>
internal static class Excerpt
{
    private const int Limit = 100;

    public static string Of(ReadOnlySpan<byte> raw)
    {
        // Enough bytes for the limit and one more, cut where a character may be torn: what follows is not shown anyway.
        var text = Encoding.UTF8.GetString(raw[..Math.Min(raw.Length, (Limit + 1) * 4)]);
        return Of(text);
    }

    public static string Of(string text)
    {
        var result = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (result.Length >= Limit)
            {
                return result.Append('…').ToString();
            }

            Append(result, rune);
        }

        return result.ToString();
    }

    private static void Append(StringBuilder result, Rune rune)
    {
        _ = rune.Value switch
        {
            '\n' => result.Append("\\n"),
            '\r' => result.Append("\\r"),
            '\t' => result.Append("\\t"),
            _ when IsVisible(rune) => result.Append(rune),
            <= 0xFFFF => result.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}"),
            _ => result.Append(CultureInfo.InvariantCulture, $"\\U{rune.Value:x8}"),
        };
    }

    // Format characters can turn the direction of what follows them.
    private static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
