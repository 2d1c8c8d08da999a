namespace AppConsistentSnapshot.Tests.Interop;

/// <summary>A folder laid out like sysfs.</summary>
internal sealed class SysfsFixture : IDisposable
{
    public SysfsFixture()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs Linux: sysfs is made of links");
        Root = Directory.CreateTempSubdirectory("acs-sysfs-").FullName;
    }

    public string Root { get; }

    /// <summary>Adds a disk below <c>devices</c>, with the links that lead to it.</summary>
    public string AddDisk(string name, string number, string parent = "devices/virtual/block")
    {
        var folder = AddDevice(Path.Combine(parent, name), number);
        Link($"block/{name}", folder);
        Write(folder, "size", "1000");
        Write(folder, "removable", "0");
        Directory.CreateDirectory(Path.Combine(folder, "slaves"));
        return folder;
    }

    public string AddPartition(string disk, string name, string number)
    {
        var folder = AddDevice(Path.Combine(disk, name), number);
        Write(folder, "partition", "1");
        return folder;
    }

    public static void AddSlave(string upper, string lower) => File.CreateSymbolicLink(Path.Combine(upper, "slaves", Path.GetFileName(lower)), lower);

    public void Link(string path, string target)
    {
        var full = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.CreateSymbolicLink(full, target);
    }

    public static void Write(string folder, string attribute, string value)
    {
        var path = Path.Combine(folder, attribute);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, value + "\n");
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private string AddDevice(string path, string number)
    {
        var folder = Path.Combine(Root, path);
        Directory.CreateDirectory(folder);
        Write(folder, "dev", number);
        Link($"dev/block/{number}", folder);
        return folder;
    }
}
