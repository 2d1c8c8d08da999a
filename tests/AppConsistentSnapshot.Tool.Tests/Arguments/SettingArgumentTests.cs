using AppConsistentSnapshot.Tool.Arguments;

namespace AppConsistentSnapshot.Tool.Tests.Arguments;

public sealed class SettingArgumentTests
{
    [Theory]
    [InlineData("image.output=/a", "image", "output", "/a")]
    [InlineData("image.output=", "image", "output", "")]
    [InlineData("image.output=a=b.c", "image", "output", "a=b.c")]
    [InlineData("azure.tags.owner=me", "azure", "tags.owner", "me")]
    public void Takes_a_setting_apart(string text, string backend, string key, string value) =>
        Assert.Equal(new SettingArgument(backend, key, value), SettingArgument.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("image")]
    [InlineData("image.output")]
    [InlineData("image=output")]
    [InlineData("image.=x")]
    [InlineData(".output=x")]
    [InlineData("image=a.b")]
    public void Refuses_what_is_none(string text) => Assert.Null(SettingArgument.Parse(text));
}
