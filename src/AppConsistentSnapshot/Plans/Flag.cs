using System.Buffers;
using System.Text;

namespace AppConsistentSnapshot.Plans;

/// <summary>Recognises a "no" that is not written as JSON wants it, so that a plan which is wrong still fails the strict way its author chose.</summary>
internal static class Flag
{
    private const byte Quote = (byte)'"';

    private static readonly SearchValues<byte> EndsWord = SearchValues.Create(" \t\r\n,}]/#;"u8);

    /// <summary><c>false</c> in any case, with or without quotes, and 0.</summary>
    public static bool SaysFalse(ReadOnlySpan<byte> raw)
    {
        var word = raw.Length >= 2 && raw[0] == Quote && raw[^1] == Quote ? raw[1..^1].Trim(" "u8) : raw;
        return word.SequenceEqual("0"u8) || Ascii.EqualsIgnoreCase(word, "false"u8);
    }

    /// <summary>Whether anywhere in a text that is no JSON (any more) the field is set to something that says false.</summary>
    /// <remarks>Nothing can be known for sure behind a syntax error, so what looks like it counts: a refused backup is seen, a silently weaker one is not.</remarks>
    public static bool AppearsFalse(ReadOnlySpan<byte> text, string field)
    {
        var name = Encoding.UTF8.GetBytes($"\"{field}\"");
        while (text.IndexOf(name) is >= 0 and var start)
        {
            text = text[(start + name.Length)..];
            var value = text.TrimStart(" \t\r\n"u8);
            if (value.StartsWith(":"u8) && SaysFalse(FirstWord(value[1..].TrimStart(" \t\r\n"u8))))
            {
                return true;
            }
        }

        return false;
    }

    private static ReadOnlySpan<byte> FirstWord(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith("\""u8))
        {
            var end = text[1..].IndexOf(Quote);
            return end < 0 ? [] : text[..(end + 2)];
        }

        var length = text.IndexOfAny(EndsWord);
        return length < 0 ? text : text[..length];
    }
}
