using AppConsistentSnapshot.Freezing;

namespace AppConsistentSnapshot.Tests.Freezing;

public sealed class InspectTests
{
    private readonly FreezeFixture _fixture = new();

    [Theory]
    [InlineData("/data", true)]
    [InlineData("/data/", true)]
    [InlineData("//data//", true)]
    [InlineData("/data/sub", false)]
    public void Tells_a_mount_point_from_a_folder_on_it(string path, bool isMountPoint)
    {
        _fixture.Kernel.Add("/data");

        var inspection = _fixture.Controller.Inspect([path]).Single();

        Assert.Equal(path, inspection.Path);
        Assert.Equal("/data", inspection.FileSystem?.MountPoint);
        Assert.Equal(isMountPoint, inspection.IsMountPoint);
        Assert.Equal(Freezability.CanFreeze, inspection.Freezability);
    }

    [Fact]
    public void Answers_each_path_in_order_and_opens_nothing()
    {
        _fixture.Kernel.Add("/nfs", "nfs4");
        _fixture.Kernel.Add("/tmp", "tmpfs");

        var inspections = _fixture.Controller.Inspect(["/tmp/x", "relative", "/nfs", "/"]);

        Assert.Equal([Freezability.Unsupported, Freezability.Unsupported, Freezability.Remote, Freezability.CanFreeze], inspections.Select(item => item.Freezability));
        Assert.Contains("absolute", inspections[1].Reason, StringComparison.Ordinal);
        Assert.Null(inspections[1].FileSystem);
        Assert.Empty(_fixture.Kernel.Opened);
    }
}
