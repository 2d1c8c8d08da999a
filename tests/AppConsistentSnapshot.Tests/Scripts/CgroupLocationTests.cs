using System.Runtime.Versioning;
using AppConsistentSnapshot.Interop.Linux;

namespace AppConsistentSnapshot.Tests.Scripts;

[SupportedOSPlatform("linux")]
public sealed class CgroupLocationTests
{
    [Theory]
    [InlineData("31 23 0:28 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw", "0::/system.slice/a.service", "/sys/fs/cgroup/system.slice/a.service")]
    [InlineData("41 31 0:38 / /sys/fs/cgroup/unified rw shared:9 - cgroup2 cgroup2 rw", "9:name=systemd:/\n0::/", "/sys/fs/cgroup/unified")]
    [InlineData("41 31 0:38 /docker/x /sys/fs/cgroup rw - cgroup2 cgroup rw", "0::/docker/x", "/sys/fs/cgroup")]
    [InlineData("41 31 0:38 /docker/x /sys/fs/cgroup rw - cgroup2 cgroup rw", "0::/docker/x/y", "/sys/fs/cgroup/y")]
    [InlineData("1 2 0:3 / /a rw - cgroup cgroup rw,cpu\n4 5 0:6 /other /b rw - cgroup2 c rw\n7 8 0:6 / /c rw - cgroup2 c rw", "0::/x", "/c/x")]
    public void Finds_the_own_folder(string mounts, string cgroups, string folder)
    {
        Assert.Equal(folder, CgroupLocation.Find(mounts, cgroups, out var problem));
        Assert.Empty(problem);
    }

    [Theory]
    [InlineData("31 23 0:28 / /sys/fs/cgroup rw - cgroup cgroup rw,cpu", "4:memory:/a", "in no cgroup v2 hierarchy")]
    [InlineData("31 23 0:28 / /sys/fs/cgroup rw - cgroup cgroup rw,cpu", "0::/a", "no cgroup v2 mount")]
    [InlineData("31 23 0:28 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw", "0::/../outside", "/../outside")]
    [InlineData("31 23 0:28 /docker/x /sys/fs/cgroup rw - cgroup2 cgroup2 rw", "0::/docker/xy", "/docker/xy")]
    [InlineData("", "", "in no cgroup v2 hierarchy")]
    public void Says_why_there_is_none(string mounts, string cgroups, string reason)
    {
        Assert.Null(CgroupLocation.Find(mounts, cgroups, out var problem));
        Assert.Contains(reason, problem, StringComparison.Ordinal);
    }
}
