using System.Globalization;
using AppConsistentSnapshot.Tool.Rendering;
using CsCheck;

namespace AppConsistentSnapshot.Tool.Tests.Rendering;

public sealed class EscapeTests
{
    [Theory]
    [InlineData("/data/ä ö [red]x[/]", "/data/ä ö [red]x[/]")]
    [InlineData("a\u001b[31mb", @"a\x1B[31mb")]
    [InlineData("a\r\nb\tc\0", @"a\r\nb\tc\x00")]
    [InlineData("\u009b2J", @"\x9B2J")]
    [InlineData("abc\u202Etxt.exe", @"abc\u{202E}txt.exe")]
    [InlineData("\u2028", @"\u{2028}")]
    [InlineData("😀", "😀")]
    public void Replaces_what_a_terminal_would_act_on(string text, string expected) => Assert.Equal(expected, Escape.ForPerson(text));

    [Fact]
    public void No_text_gets_a_control_character_through() => Gen.String[Gen.Char, 0, 50].Sample(text =>
        Escape.ForPerson(text).EnumerateRunes().All(rune =>
            System.Text.Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format)));

    [Fact]
    public void Splits_output_into_lines_however_they_end() => Assert.Equal(@"a|b|\x07c", string.Join('|', Escape.Lines("a\r\nb\n\ac\n")));
}
