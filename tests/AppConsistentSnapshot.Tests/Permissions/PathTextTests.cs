using AppConsistentSnapshot.Permissions;

namespace AppConsistentSnapshot.Tests.Permissions;

public sealed class PathTextTests
{
    [Theory]
    [InlineData("/a/b-c_d.e", "/a/b-c_d.e")]
    [InlineData("", "''")]
    [InlineData("/a b", "'/a b'")]
    [InlineData("/a'b", "'/a'\\''b'")]
    [InlineData("/a\\b", "'/a\\b'")]
    [InlineData("/a!b", "'/a!b'")]
    [InlineData("/a~", "'/a~'")]
    [InlineData("/ä😀", "'/ä😀'")]
    [InlineData("/a\tb'c\\d", "$'/a\\011b\\'c\\\\d'")]
    [InlineData("/a\u00012", "$'/a\\0012'")]
    public void A_path_becomes_one_word_for_a_shell(string path, string word) => Assert.Equal(word, PathText.ForShell(path));

    [Fact]
    public void Bytes_that_are_no_text_are_kept()
    {
        byte[] path = [(byte)'/', 0xe4, (byte)'x'];

        Assert.Equal("$'/\\344x'", PathText.ForShell(path));
        Assert.Equal("'/\\344x'", PathText.Quote(path));
        Assert.Equal("/\\344x", PathText.Plain(path));
    }
}
