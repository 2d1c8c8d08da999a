using AppConsistentSnapshot.Tool.Arguments;

namespace AppConsistentSnapshot.Tool.Tests.Arguments;

public sealed class NearestNameTests
{
    [Theory]
    [InlineData("rnu", " (did you mean 'run'?)")]
    [InlineData("IMAGE", " (did you mean 'image'?)")]
    [InlineData("recover", "")]
    [InlineData("", "")]
    public void Hints_at_what_is_near(string typed, string hint) => Assert.Equal(hint, NearestName.Hint(typed, ["run", "image"]));
}
