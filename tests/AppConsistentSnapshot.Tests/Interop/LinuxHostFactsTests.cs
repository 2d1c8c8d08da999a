using System.Runtime.Versioning;
using AppConsistentSnapshot.Interop.Linux;

namespace AppConsistentSnapshot.Tests.Interop;

[SupportedOSPlatform("linux")]
public sealed class LinuxHostFactsTests : IDisposable
{
    private readonly SysfsFixture _sysfs = new();

    public void Dispose() => _sysfs.Dispose();

    [Theory]
    [InlineData("sda")]
    [InlineData("vda")]
    [InlineData("xvda")]
    [InlineData("nvme0n1")]
    [InlineData("mmcblk0")]
    [InlineData("nbd0")]
    [InlineData("pmem0")]
    public void Counts_a_disk(string name)
    {
        _sysfs.AddDisk(name, "8:0");

        Assert.Equal(1, Count());
    }

    [Theory]
    [InlineData("loop0")]
    [InlineData("ram1")]
    [InlineData("zram0")]
    [InlineData("sr0")]
    [InlineData("fd0")]
    [InlineData("dm-3")]
    [InlineData("md127")]
    [InlineData("md_d0")]
    [InlineData("zd16")]
    [InlineData("nvme0c1n1")]
    [InlineData("mmcblk0boot1")]
    public void Does_not_count_what_is_no_disk_of_its_own(string name)
    {
        _sysfs.AddDisk(name, "8:0");

        Assert.Equal(0, Count());
    }

    [Theory]
    [InlineData("removable", "1")]
    [InlineData("hidden", "1")]
    [InlineData("size", "0")]
    [InlineData("device/model", "Microsoft NVMe Direct Disk v2")]
    [InlineData("device/model", "Amazon EC2 NVMe Instance Storage              ")]
    public void Does_not_count_what_goes_away(string attribute, string value)
    {
        SysfsFixture.Write(_sysfs.AddDisk("sda", "8:0"), attribute, value);

        Assert.Equal(0, Count());
    }

    [Theory]
    [InlineData("MSFT NVMe Accelerator v1.0", 1)]
    [InlineData("nvme_card-pd", 1)]
    [InlineData("nvme_card", 0)]
    public void Tells_remote_disks_from_local_ones_by_the_model(string model, int count)
    {
        SysfsFixture.Write(_sysfs.AddDisk("nvme0n1", "259:0"), "device/model", model);

        Assert.Equal(count, Count());
    }

    [Theory]
    [InlineData("devices/VMBUS:00/00000000-0001-8899-0000-000000000000/host1/target1:0:1/1:0:1:0/block", 0)]
    [InlineData("devices/VMBUS:00/00000000-0000-8899-0000-000000000000/host0/target0:0:0/0:0:0:0/block", 1)]
    [InlineData("devices/VMBUS:00/f8b3781a-1e82-4818-a1c3-63d806ec15bb/host0/target0:0:0/0:0:0:1/block", 0)]
    [InlineData("devices/VMBUS:00/f8b3781a-1e82-4818-a1c3-63d806ec15bb/host0/target0:0:0/0:0:0:0/block", 1)]
    [InlineData("devices/VMBUS:00/f8b3781b-1e82-4818-a1c3-63d806ec15bb/host2/target2:0:0/2:0:0:1/block", 1)]
    public void Leaves_out_the_temporary_disk_of_Azure(string parent, int count)
    {
        _sysfs.AddDisk("sdb", "8:16", parent);

        Assert.Equal(count, Count());
    }

    [Fact]
    public void Paths_to_one_multipath_disk_are_one_disk()
    {
        var a = _sysfs.AddDisk("sda", "8:0");
        var b = _sysfs.AddDisk("sdb", "8:16");
        _sysfs.AddDisk("sdc", "8:32");
        var multipath = _sysfs.AddDisk("dm-0", "253:0");
        SysfsFixture.Write(multipath, "dm/uuid", "mpath-3600508b400105e210000900000490000");
        SysfsFixture.AddSlave(multipath, a);
        SysfsFixture.AddSlave(multipath, b);

        Assert.Equal(2, Count());
    }

    [Fact]
    public void Without_sysfs_and_procfs_there_is_nothing_to_tell()
    {
        var facts = new LinuxHostFacts("/nowhere", "/nowhere");

        Assert.Equal(0, facts.CountPersistentDisks());
        Assert.Null(facts.BootId);
        Assert.Equal("unknown", facts.Kernel);
    }

    [Fact]
    public void Reads_boot_and_kernel_of_this_machine()
    {
        var facts = new LinuxHostFacts();

        Assert.True(Guid.TryParse(facts.BootId, out _), facts.BootId);
        Assert.Equal(File.ReadAllText("/proc/sys/kernel/osrelease").Trim(), facts.Kernel);
    }

    private int Count() => new LinuxHostFacts(_sysfs.Root).CountPersistentDisks();
}
