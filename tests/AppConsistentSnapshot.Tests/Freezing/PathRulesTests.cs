using AppConsistentSnapshot.Freezing;

namespace AppConsistentSnapshot.Tests.Freezing;

public sealed class PathRulesTests
{
    [Theory]
    [InlineData("/", "/")]
    [InlineData("//", "/")]
    [InlineData("/data/", "/data")]
    [InlineData("//data///x//", "/data/x")]
    [InlineData("/data/./x/.", "/data/x")]
    [InlineData("/...", "/...")]
    [InlineData("/ ", "/ ")]
    public void Removes_what_means_nothing(string path, string expected)
    {
        Assert.True(PathRules.TryNormalise(path, out var normalised, out _));
        Assert.Equal(expected, normalised);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("data", "absolute")]
    [InlineData("./data", "absolute")]
    [InlineData("/a/../b", "..")]
    [InlineData("/a\0b", "NUL")]
    public void Refuses_what_text_alone_cannot_resolve(string path, string why)
    {
        Assert.False(PathRules.TryNormalise(path, out _, out var problem));
        Assert.Contains(why, problem, StringComparison.Ordinal);
    }
}
