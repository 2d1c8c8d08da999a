using System.Globalization;
using System.Text;

namespace AppConsistentSnapshot.Freezing;

/// <summary>Writes a word such that an operator can paste it into a shell.</summary>
internal static class ShellQuoting
{
    public static string Quote(string word)
    {
        if (!word.Any(char.IsControl))
        {
            return "'" + word.Replace("'", @"'\''", StringComparison.Ordinal) + "'";
        }

        // A control character must not reach a terminal raw; $'…' is understood by bash, zsh, ksh and busybox.
        var quoted = new StringBuilder("$'");
        foreach (var character in word)
        {
            _ = character switch
            {
                '\'' or '\\' => quoted.Append('\\').Append(character),
                _ when char.IsControl(character) => AppendOctal(quoted, character),
                _ => quoted.Append(character),
            };
        }

        return quoted.Append('\'').ToString();
    }

    // In the bytes of its UTF-8 form, for C1 control characters have two.
    private static StringBuilder AppendOctal(StringBuilder quoted, char character)
    {
        foreach (var value in Encoding.UTF8.GetBytes([character]))
        {
            _ = quoted.Append(CultureInfo.InvariantCulture, $"\\{Convert.ToString(value, 8).PadLeft(3, '0')}");
        }

        return quoted;
    }
}
