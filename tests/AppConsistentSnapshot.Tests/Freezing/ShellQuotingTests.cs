using AppConsistentSnapshot.Freezing;

namespace AppConsistentSnapshot.Tests.Freezing;

public sealed class ShellQuotingTests
{
    [Theory]
    [InlineData("/data", "'/data'")]
    [InlineData("/a b", "'/a b'")]
    [InlineData("/it's", @"'/it'\''s'")]
    [InlineData("/$(id)", "'/$(id)'")]
    [InlineData("/a\nb", @"$'/a\012b'")]
    [InlineData("/a\u001b[2J'\\", @"$'/a\033[2J\'\\'")]
    [InlineData("/\u0085", @"$'/\302\205'")]
    public void Writes_a_word_that_can_be_pasted(string word, string expected) => Assert.Equal(expected, ShellQuoting.Quote(word));
}
