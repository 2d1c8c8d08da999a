using AppConsistentSnapshot.Tool.Arguments;

namespace AppConsistentSnapshot.Tool.Tests.Arguments;

public sealed class SecondsArgumentTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData("60", 60_000)]
    [InlineData("10", 10_000)]
    [InlineData("0.5", 500)]
    [InlineData("0.001", 1)]
    public void Reads_seconds_and_fractions(string text, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), SecondsArgument.Parse(text, Minute));

    [Theory]
    [InlineData("0")]
    [InlineData("0.000000001")]
    [InlineData("60.001")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("1e1")]
    [InlineData("NaN")]
    [InlineData("10s")]
    [InlineData("1,5")]
    [InlineData(" 1")]
    [InlineData("")]
    [InlineData("99999999999999999999999999999999999999")]
    public void Refuses_everything_else(string text) => Assert.Null(SecondsArgument.Parse(text, Minute));
}
