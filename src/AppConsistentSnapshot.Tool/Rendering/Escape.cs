using System.Globalization;
using System.Text;

namespace AppConsistentSnapshot.Tool.Rendering;

/// <summary>Makes text of unknown origin (paths, script output, kernel answers) harmless on a terminal and in a log.</summary>
internal static class Escape
{
    /// <summary>Replaces whatever a terminal would act on, or would not show, by an escape such as <c>\x1B</c>.</summary>
    public static string ForPerson(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            _ = IsHarmless(rune) ? result.Append(rune.ToString()) : Append(result, rune);
        }

        return result.ToString();
    }

    /// <summary>Splits a text of several lines, and escapes each.</summary>
    public static IEnumerable<string> Lines(string text) =>
        text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').Select(ForPerson);

    // Format characters turn the direction of what follows, or hide in it.
    private static bool IsHarmless(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);

    private static StringBuilder Append(StringBuilder result, Rune rune) => rune.Value switch
    {
        '\t' => result.Append(@"\t"),
        '\n' => result.Append(@"\n"),
        '\r' => result.Append(@"\r"),
        <= 0xFF => result.Append(CultureInfo.InvariantCulture, $@"\x{rune.Value:X2}"),
        _ => result.Append(CultureInfo.InvariantCulture, $@"\u{{{rune.Value:X}}}"),
    };
}
