using AppConsistentSnapshot.Interop.Linux;

namespace AppConsistentSnapshot.Tests.Permissions;

public sealed class FuseMountsTests
{
    private static readonly string[] MountInfo =
    [
        "22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw",
        "98 22 0:50 / /mnt/a rw,nosuid,nodev - fuse.sshfs host: rw,user_id=1000,group_id=1000",
        "99 22 0:51 / /mnt/b rw - fuse /dev/x rw,user_id=0,group_id=0,allow_other",
        "100 22 0:52 / /mnt/c rw - fuse /dev/x rw",
    ];

    [Theory]
    [InlineData(98ul, 1000u)]
    [InlineData(99ul, 0u)]
    [InlineData(100ul, 65534u)]
    [InlineData(9ul, 65534u)]
    [InlineData(0ul, 65534u)]
    public void Names_who_runs_it_and_trusts_nobody_where_that_is_not_known(ulong mountId, uint owner) =>
        Assert.Equal(owner, FuseMounts.OwnerOf(mountId, MountInfo));
}
