using AppConsistentSnapshot.Tool.Arguments;
using AppConsistentSnapshot.Tool.Catalog;

namespace AppConsistentSnapshot.Tool.Tests.Arguments;

public sealed class MountArgumentTests
{
    private static readonly BackendCatalog Catalog = StandardBackends.Catalog;

    [Theory]
    [InlineData("/data", "/data", null)]
    [InlineData("/data=image", "/data", "image")]
    [InlineData("/a=b=lvm", "/a=b", "lvm")]
    [InlineData("/a=b", "/a=b", null)]
    [InlineData("/x=image=image", "/x=image", "image")]
    [InlineData("/x=image/y", "/x=image/y", null)]
    [InlineData("/x=IMAGE", "/x=IMAGE", null)]
    [InlineData("/x=", "/x=", null)]
    [InlineData("=image", "", "image")]
    public void Splits_only_before_a_known_backend(string text, string path, string? backend) =>
        Assert.Equal(new MountArgument(path, backend), MountArgument.Parse(text, Catalog));

    [Theory]
    [InlineData("/data=imgae", "imgae")]
    [InlineData("/a=b/c", null)]
    [InlineData("/data", null)]
    [InlineData("/data=image", null)]
    public void Says_what_may_have_been_meant_as_a_backend(string text, string? suspect) =>
        Assert.Equal(suspect, MountArgument.Parse(text, Catalog).Suspect);
}
