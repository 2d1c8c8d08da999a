using System.Security.Cryptography;
using AppConsistentSnapshot.Backends;
using AppConsistentSnapshot.Backends.Images;
using AppConsistentSnapshot.Freezing;
using AppConsistentSnapshot.IntegrationTests.Support;

namespace AppConsistentSnapshot.IntegrationTests.Backends;

/// <summary>An image folder, an empty mount point, and the steps of a run without the orchestrator.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
internal sealed class ImageBed : IDisposable
{
    private static int Runs;
    private readonly DirectoryInfo _temporary = Directory.CreateTempSubdirectory("acs-images-");

    public ImageBed(string? outputFolder = null)
    {
        Output = outputFolder ?? Path.Combine(_temporary.FullName, "out");
        MountPoint = Path.Combine(_temporary.FullName, "mnt");
        Directory.CreateDirectory(Output, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Directory.CreateDirectory(MountPoint);
    }

    public string Output { get; }

    public string MountPoint { get; }

    public string NewRunId { get; } = $"run-{Interlocked.Increment(ref Runs)}";

    public IEnumerable<string> Files => Directory.EnumerateFileSystemEntries(Output).Select(path => Path.GetFileName(path)).Where(name => name != "lost+found");

    public DiskImageBackend NewBackend(DiskImageCopyMode mode = DiskImageCopyMode.Auto) => new(new DiskImageOptions { OutputFolder = Output, CopyMode = mode });

    public CutRequest Request(params string[] mountPoints) => new()
    {
        RunId = NewRunId,
        Consistency = ConsistencyLevel.FileSystem,
        Volumes = [.. mountPoints.Select(Describe)],
    };

    /// <summary>Prepares, freezes by fsfreeze(8), cuts, thaws and completes.</summary>
    public async Task<BackendSnapshot> TakeFrozenAsync(string mountPoint, CancellationToken token, DiskImageCopyMode mode = DiskImageCopyMode.Auto)
    {
        await using var cut = await NewBackend(mode).PrepareAsync(Request(mountPoint), token);
        Shell.Run("fsfreeze", "-f", mountPoint);
        try
        {
            Assert.Single(await cut.CutAsync(token));
        }
        finally
        {
            Shell.Run("fsfreeze", "-u", mountPoint);
        }

        return Assert.Single(await cut.CompleteAsync(Reached(ConsistencyLevel.FileSystem, mountPoint), token));
    }

    public static CompletionContext Reached(ConsistencyLevel level, params string[] mountPoints) =>
        new() { Consistency = mountPoints.ToDictionary(point => point, _ => level, StringComparer.Ordinal) };

    public static MountedFileSystem Describe(string mountPoint)
    {
        var line = File.ReadLines("/proc/self/mountinfo").Last(line => line.Split(' ')[4] == mountPoint);
        var sides = line.Split(" - ");
        var left = sides[0].Split(' ');
        var right = sides[1].Split(' ');
        return new MountedFileSystem
        {
            MountPoint = mountPoint,
            MountId = int.Parse(left[0], System.Globalization.CultureInfo.InvariantCulture),
            DeviceNumber = left[2],
            Root = left[3],
            MountOptions = left[5],
            FileSystemType = right[0],
            Source = right[1],
            SuperOptions = right[2],
        };
    }

    public static string Hash(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexString(SHA256.HashData(file));
    }

    public static IReadOnlyList<string> AttachedTo(string image) =>
        Shell.Run("losetup", "--noheadings", "--output", "NAME", "--associated", image).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public void Dispose()
    {
        Shell.Try("umount", "--lazy", MountPoint);
        Directory.Delete(_temporary.FullName, recursive: true);
    }
}
