namespace AppConsistentSnapshot.IntegrationTests.Support;

/// <summary>Skips a test, with the reason, where the machine lacks what it needs.</summary>
internal static class Requires
{
    public static void Root() =>
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.UserName == "root", "needs root: it mounts and freezes real file systems");

    public static void Tool(string name) =>
        Assert.SkipUnless(
            new[] { "/usr/sbin", "/usr/bin", "/sbin", "/bin" }.Any(folder => File.Exists(Path.Combine(folder, name))),
            $"needs the program '{name}'");

    public static void LoopDevices() =>
        Assert.SkipUnless(File.Exists("/dev/loop-control"), "needs loop devices");

    public static void FileSystem(string type)
    {
        Root();
        LoopDevices();
        Tool($"mkfs.{type}");
    }
}
