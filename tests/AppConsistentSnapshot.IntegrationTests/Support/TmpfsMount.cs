namespace AppConsistentSnapshot.IntegrationTests.Support;

/// <summary>A small file system in memory, of the test's own.</summary>
internal sealed class TmpfsMount : IDisposable
{
    public TmpfsMount(string options = "size=64k")
    {
        Requires.Root();
        Path = Directory.CreateTempSubdirectory("acs-tmpfs-").FullName;
        Shell.Run("mount", "-t", "tmpfs", "-o", options, "none", Path);
    }

    public string Path { get; }

    public void Dispose()
    {
        Shell.Try("umount", "--lazy", Path);
        Directory.Delete(Path);
    }
}
