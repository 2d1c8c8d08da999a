using AppConsistentSnapshot.Freezing;

namespace AppConsistentSnapshot.Tests.Freezing;

public sealed class FileSystemTypesTests
{
    [Theory]
    [InlineData("ext4", Freezability.CanFreeze)]
    [InlineData("ext2", Freezability.CanFreeze)]
    [InlineData("xfs", Freezability.CanFreeze)]
    [InlineData("btrfs", Freezability.CanFreeze)]
    [InlineData("f2fs", Freezability.CanFreeze)]
    [InlineData("nfs", Freezability.Remote)]
    [InlineData("nfs4", Freezability.Remote)]
    [InlineData("cifs", Freezability.Remote)]
    [InlineData("smb3", Freezability.Remote)]
    [InlineData("9p", Freezability.Remote)]
    [InlineData("virtiofs", Freezability.Remote)]
    [InlineData("ceph", Freezability.Remote)]
    [InlineData("fuse.sshfs", Freezability.Remote)]
    [InlineData("fuse", Freezability.Remote)]
    [InlineData("fuseblk", Freezability.Remote)]
    [InlineData("autofs", Freezability.Remote)]
    [InlineData("tmpfs", Freezability.Unsupported)]
    [InlineData("overlay", Freezability.Unsupported)]
    [InlineData("zfs", Freezability.Unsupported)]
    [InlineData("vfat", Freezability.Unsupported)]
    [InlineData("EXT4", Freezability.Unsupported)]
    [InlineData("brandnewfs", Freezability.Unsupported)]
    [InlineData("", Freezability.Unsupported)]
    public void Knows_a_type_by_its_name_and_says_why_not(string type, Freezability expected)
    {
        var (freezability, reason) = FileSystemTypes.Classify(type);

        Assert.Equal(expected, freezability);
        Assert.Equal(expected == Freezability.CanFreeze, reason is null);
    }

    [Fact]
    public void Says_what_to_do_instead() =>
        Assert.Contains("upper folder", FileSystemTypes.Classify("overlay").Reason, StringComparison.Ordinal);
}
