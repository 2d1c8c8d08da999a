using System.Runtime.Versioning;
using AppConsistentSnapshot.Interop.Linux;

namespace AppConsistentSnapshot.Tests.Interop;

[SupportedOSPlatform("linux")]
public sealed class LinuxBlockDevicesTests : IDisposable
{
    private readonly SysfsFixture _sysfs = new();
    private readonly Dictionary<string, string> _nodes = new(StringComparer.Ordinal);

    public void Dispose() => _sysfs.Dispose();

    [Fact]
    public void A_disk_lies_in_no_file()
    {
        _sysfs.AddDisk("sda", "8:0");

        Assert.Empty(Find("8:0"));
    }

    [Fact]
    public void A_loop_device_lies_in_its_file_whatever_its_name()
    {
        SysfsFixture.Write(_sysfs.AddDisk("loop0", "7:0"), "loop/backing_file", "/data/a b\n.img (deleted)");

        Assert.Equal(["/data/a b\n.img (deleted)"], Find("7:0"));
    }

    [Fact]
    public void A_partition_lies_where_its_disk_lies()
    {
        var loop = _sysfs.AddDisk("loop0", "7:0");
        SysfsFixture.Write(loop, "loop/backing_file", "/disk.img");
        _sysfs.AddPartition(loop, "loop0p1", "259:0");

        Assert.Equal(["/disk.img"], Find("259:0"));
    }

    [Fact]
    public void A_stack_of_dm_and_md_lies_in_the_files_at_its_bottom()
    {
        var loop0 = _sysfs.AddDisk("loop0", "7:0");
        var loop1 = _sysfs.AddDisk("loop1", "7:1");
        SysfsFixture.Write(loop0, "loop/backing_file", "/0.img");
        SysfsFixture.Write(loop1, "loop/backing_file", "/1.img");
        var partition = _sysfs.AddPartition(loop1, "loop1p1", "259:1");
        var raid = _sysfs.AddDisk("md0", "9:0");
        SysfsFixture.AddSlave(raid, loop0);
        SysfsFixture.AddSlave(raid, partition);
        var volume = _sysfs.AddDisk("dm-0", "253:0");
        SysfsFixture.AddSlave(volume, raid);

        Assert.Equal(["/0.img", "/1.img"], Find("253:0").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Devices_that_go_round_in_circles_end()
    {
        var a = _sysfs.AddDisk("dm-0", "253:0");
        var b = _sysfs.AddDisk("dm-1", "253:1");
        SysfsFixture.AddSlave(a, b);
        SysfsFixture.AddSlave(b, a);

        Assert.Empty(Find("253:0"));
    }

    [Fact]
    public void Btrfs_lies_on_all_of_its_devices()
    {
        var loop0 = _sysfs.AddDisk("loop0", "7:0");
        var loop1 = _sysfs.AddDisk("loop1", "7:1");
        SysfsFixture.Write(loop0, "loop/backing_file", "/0.img");
        SysfsFixture.Write(loop1, "loop/backing_file", "/1.img");
        var other = _sysfs.AddDisk("sda", "8:0");
        _sysfs.Link("fs/btrfs/1111/devices/sda", other);
        _sysfs.Link("fs/btrfs/2222/devices/loop0", loop0);
        _sysfs.Link("fs/btrfs/2222/devices/loop1", loop1);
        Directory.CreateDirectory(Path.Combine(_sysfs.Root, "fs/btrfs/features"));
        _nodes["/dev/loop1"] = "7:1";
        _nodes["/dev/sda"] = "8:0";

        Assert.Equal(["/0.img", "/1.img"], Find("0:44", "/dev/loop1").Order(StringComparer.Ordinal));
        Assert.Empty(Find("0:45", "/dev/sda"));
    }

    [Fact]
    public void Bcachefs_names_its_devices_in_the_source()
    {
        SysfsFixture.Write(_sysfs.AddDisk("loop0", "7:0"), "loop/backing_file", "/0.img");
        _sysfs.AddDisk("sda", "8:0");
        _nodes["/dev/sda"] = "8:0";
        _nodes["/dev/loop0"] = "7:0";

        Assert.Equal(["/0.img"], Find("0:44", "/dev/sda:/dev/loop0"));
    }

    [Theory]
    [InlineData("8:99", "/dev/sdx")]
    [InlineData("0:44", "server:/export")]
    [InlineData("0:44", "")]
    [InlineData("0:44", "/dev/gone")]
    [InlineData("", "")]
    [InlineData("../..", "x")]
    public void What_is_not_known_is_left_out(string number, string source) => Assert.Empty(Find(number, source));

    private IReadOnlyList<string> Find(string number, string source = "") =>
        new LinuxBlockDevices(_sysfs.Root, node => _nodes.GetValueOrDefault(node)).FindBackingFiles(number, source);
}
