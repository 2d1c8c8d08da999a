using System.Runtime.Versioning;
using AppConsistentSnapshot.IntegrationTests.Support;
using AppConsistentSnapshot.Interop.Linux;

namespace AppConsistentSnapshot.IntegrationTests.Freezing;

[SupportedOSPlatform("linux")]
public sealed class RealDevicesTests
{
    [Theory]
    [InlineData("ext4")]
    [InlineData("btrfs")]
    public void Finds_the_file_that_a_mounted_file_system_lies_in(string type)
    {
        using var fileSystem = LoopFileSystem.Create(type);
        var mounted = RealFreeze.Controller.Inspect([fileSystem.MountPoint]).Single().FileSystem!;

        Assert.Equal([fileSystem.Image], new LinuxBlockDevices().FindBackingFiles(mounted.DeviceNumber, mounted.Source));
    }

    [Fact]
    public void A_loop_device_is_no_disk_of_the_host()
    {
        var before = new LinuxHostFacts().CountPersistentDisks();
        using var fileSystem = LoopFileSystem.Create("ext4", 32);

        Assert.Equal(before, new LinuxHostFacts().CountPersistentDisks());
    }
}
