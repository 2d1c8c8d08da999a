namespace AppConsistentSnapshot.IntegrationTests.Support;

public sealed class LoopFileSystemTests
{
    [Theory]
    [InlineData("ext4")]
    [InlineData("xfs")]
    [InlineData("btrfs")]
    public void Tells_whether_it_is_frozen_and_leaves_nothing(string type)
    {
        string folder;
        using (var fileSystem = LoopFileSystem.Create(type))
        {
            folder = fileSystem.Folder;
            Assert.False(fileSystem.IsFrozen);
            Shell.Run("fsfreeze", "-f", fileSystem.MountPoint);
            Assert.True(fileSystem.IsFrozen);
        }

        Assert.False(Directory.Exists(folder));
    }
}
