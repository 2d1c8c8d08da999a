using AppConsistentSnapshot.Reports;
using AppConsistentSnapshot.Tool.Rendering;

namespace AppConsistentSnapshot.Tool.Tests.Rendering;

public sealed class WordsTests
{
    [Theory]
    [InlineData(0, "0.00 ms")]
    [InlineData(9.1, "9.10 ms")]
    [InlineData(21.73, "21.7 ms")]
    [InlineData(812.4, "812 ms")]
    [InlineData(1234, "1.2 s")]
    [InlineData(61_000, "1 min 1 s")]
    [InlineData(3_660_000, "1 h 1 min")]
    public void Gives_durations_with_their_unit(double milliseconds, string expected) => Assert.Equal(expected, Words.Milliseconds(milliseconds));

    [Theory]
    [InlineData(MountStatus.Frozen, null, "frozen")]
    [InlineData(MountStatus.Skipped, "it is remote", "skipped because it is remote")]
    [InlineData(MountStatus.NotNeeded, "the plan says so", "not frozen because the plan says so")]
    [InlineData(MountStatus.Failed, "its type cannot", "cannot be frozen because its type cannot")]
    public void Says_what_becomes_of_a_mount(MountStatus status, string? reason, string expected) =>
        Assert.Equal(expected, Words.Mount(new MountReport { Path = "/x", Status = status, Reason = reason }));

    [Theory]
    [InlineData("/mnt/a", "/mnt/a")]
    [InlineData("/mnt/a b", "'/mnt/a b'")]
    [InlineData("/it's", @"'/it'\''s'")]
    [InlineData("$(reboot)", "'$(reboot)'")]
    [InlineData("", "''")]
    [InlineData("-x", "'-x'")]
    public void Quotes_for_a_shell_what_needs_it(string text, string expected) => Assert.Equal(expected, ShellQuote.Quote(text));
}
