using System.Diagnostics;

namespace AppConsistentSnapshot.IntegrationTests.Support;

/// <summary>
/// A real file system on a loop device, made for one test and gone after it. A process outside the test thaws it when the test ends,
/// when the test's process dies, and after two minutes in any case, so that a bug cannot leave it frozen.
/// </summary>
internal sealed class LoopFileSystem : IDisposable
{
    private static int Counter;
    private readonly bool _ownsFolder;
    private readonly Process _outsideThaw;

    private LoopFileSystem(string folder, bool ownsFolder, string type, int megabytes, string[] mountOptions)
    {
        Folder = folder;
        _ownsFolder = ownsFolder;
        Type = type;
        var name = $"{type}-{Interlocked.Increment(ref Counter)}";
        Image = Path.Combine(folder, name + ".img");
        MountPoint = Path.Combine(folder, name);
        Directory.CreateDirectory(MountPoint);
        using (var image = File.Create(Image))
        {
            image.SetLength(megabytes * 1024L * 1024);
        }

        Shell.Run($"mkfs.{type}", [.. MakeOptions(type), Image]);
        Device = Shell.Run("losetup", "--find", "--show", Image).Trim();
        Shell.Run("mount", ["-t", type, .. mountOptions, Device, MountPoint]);
        _outsideThaw = Process.Start(new ProcessStartInfo("sh", ["-c", "timeout 120 cat >/dev/null; fsfreeze -u \"$1\" 2>/dev/null", "sh", MountPoint])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
        })!;
    }

    /// <summary>The folder that holds the image; it is not on this file system.</summary>
    public string Folder { get; }

    public string Type { get; }

    public string Image { get; }

    public string MountPoint { get; }

    public string Device { get; }

    /// <param name="type">ext4, xfs or btrfs.</param>
    /// <param name="megabytes">The size; xfs needs at least 300.</param>
    /// <param name="folder">Where the image and the mount point are made, or null for a new temporary folder.</param>
    /// <param name="mountOptions">Further arguments for mount(8).</param>
    public static LoopFileSystem Create(string type, int megabytes = 320, string? folder = null, params string[] mountOptions)
    {
        Requires.FileSystem(type);
        return new LoopFileSystem(
            folder ?? Directory.CreateTempSubdirectory("acs-test-").FullName, folder is null, type, megabytes, mountOptions);
    }

    /// <summary>Whether somebody holds it frozen. Changes nothing: a frozen file system is one that a second freeze finds busy.</summary>
    public bool IsFrozen
    {
        get
        {
            var (exitCode, output) = Shell.Try("fsfreeze", "-f", MountPoint);
            if (exitCode == 0)
            {
                Shell.Run("fsfreeze", "-u", MountPoint);
                return false;
            }

            return output.Contains("busy", StringComparison.OrdinalIgnoreCase)
                ? true
                : throw new InvalidOperationException($"fsfreeze -f {MountPoint}: {output}");
        }
    }

    public void Dispose()
    {
        _outsideThaw.StandardInput.Close();
        _outsideThaw.WaitForExit();
        _outsideThaw.Dispose();
        // A test may have mounted it elsewhere too: by a bind, by another name.
        while (Shell.Try("umount", "--lazy", Device).ExitCode == 0)
        {
        }

        Shell.Try("umount", "--lazy", MountPoint);
        Shell.Try("losetup", "--detach", Device);
        File.Delete(Image);
        if (_ownsFolder)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    private static string[] MakeOptions(string type) => type switch
    {
        "ext4" => ["-q", "-F"],
        "xfs" => ["-q", "-f"],
        "btrfs" => ["-q", "-f"],
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "ext4, xfs or btrfs"),
    };
}
