using System.Globalization;
using System.Text;

namespace AppConsistentSnapshot.Freezing;

/// <summary>The text of mountinfo: bytes, with blank, tab, newline, backslash and <c>#</c> as three octal digits (<c>mangle_path</c> in fs/seq_file.c).</summary>
internal static class MountText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text, and whether it was valid UTF-8. Where not, each byte that is not ASCII is shown as the kernel would escape it.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> field, out string text)
    {
        if (field.IndexOf((byte)'\\') < 0)
        {
            return TryDecodeBytes(field, out text);
        }

        Span<byte> plain = field.Length <= 512 ? stackalloc byte[field.Length] : new byte[field.Length];
        return TryDecodeBytes(plain[..Unescape(field, plain)], out text);
    }

    public static string Decode(ReadOnlySpan<byte> field)
    {
        _ = TryDecode(field, out var text);
        return text;
    }

    private static int Unescape(ReadOnlySpan<byte> field, Span<byte> plain)
    {
        var length = 0;
        for (var i = 0; i < field.Length; i++)
        {
            if (field[i] == '\\' && i + 3 < field.Length && IsOctal(field[i + 1], '3') && IsOctal(field[i + 2], '7') && IsOctal(field[i + 3], '7'))
            {
                plain[length++] = (byte)(((field[i + 1] - '0') << 6) | ((field[i + 2] - '0') << 3) | (field[i + 3] - '0'));
                i += 3;
            }
            else
            {
                plain[length++] = field[i];
            }
        }

        return length;
    }

    private static bool IsOctal(byte value, char highest) => value >= '0' && value <= highest;

    private static bool TryDecodeBytes(ReadOnlySpan<byte> bytes, out string text)
    {
        if (!System.Text.Unicode.Utf8.IsValid(bytes))
        {
            var escaped = new StringBuilder(bytes.Length + 16);
            foreach (var value in bytes)
            {
                _ = value is < 0x80 and not (byte)'\\' ? escaped.Append((char)value) : escaped.Append(CultureInfo.InvariantCulture, $"\\{Convert.ToString(value, 8)}");
            }

            text = escaped.ToString();
            return false;
        }

        text = Strict.GetString(bytes);
        return true;
    }
}
