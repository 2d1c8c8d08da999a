using System.Runtime.Versioning;
using AppConsistentSnapshot.Backends;
using AppConsistentSnapshot.Backends.Images;
using AppConsistentSnapshot.Freezing;
using AppConsistentSnapshot.Interop;
using AppConsistentSnapshot.Interop.Linux;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace AppConsistentSnapshot.Tests.Backends;

/// <summary>A host with one file system on a loop device: the files are real, the devices are not.</summary>
[SupportedOSPlatform("linux")]
internal sealed class FakeImageHost : IDisposable
{
    public const string MountPoint = "/data";
    private const int Length = 1024 * 1024;
    private readonly DirectoryInfo _temporary = MakeFolder();
    private readonly FakeLoggerProvider _logs = new();
    private readonly LoggerFactory _loggers;

    public FakeImageHost()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs Linux: the files are real");
        _loggers = new LoggerFactory([_logs]);
        Output = _temporary.CreateSubdirectory("out").FullName;
        ExposeAt = _temporary.CreateSubdirectory("mnt").FullName;
        File.SetUnixFileMode(Output, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        BackingFile = Path.Combine(_temporary.FullName, "backing");
        using (var file = File.Create(BackingFile))
        {
            file.SetLength(Length);
            file.Write(new byte[300_000].Select((_, index) => (byte)(index % 251)).ToArray());
            file.Position = 800_000;
            file.Write([1, 2, 3]);
        }

        Files = new FaultyFiles(Plan);
        Content = new FaultyContent(Plan);
        Loops = new FakeLoops(Plan);
        Devices = new FakeSourceDevices(Plan);
        Kernel = new ImageKernel(Files, Content, Loops, Devices, Mounts);
        AddLoop(BackingFile);
    }

    public FaultPlan Plan { get; } = new();

    public FaultyFiles Files { get; }

    public FaultyContent Content { get; }

    public FakeLoops Loops { get; }

    public FakeSourceDevices Devices { get; }

    public FakeMounts Mounts { get; } = new();

    public ImageKernel Kernel { get; }

    public string Output { get; }

    public string ExposeAt { get; }

    public string BackingFile { get; }

    public FakeLogCollector Logs => _logs.Collector;

    public IReadOnlyList<string> OutputFiles => [.. Directory.EnumerateFileSystemEntries(Output).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    public DiskImageBackend NewBackend(DiskImageCopyMode mode = DiskImageCopyMode.Auto, TimeProvider? timeProvider = null, long? bytesPerSecond = 100_000_000) =>
        new(new DiskImageOptions { OutputFolder = Output, CopyMode = mode, CopyBytesPerSecond = bytesPerSecond }, Kernel, timeProvider, _loggers);

    public static CutRequest Request(string type = "ext4", string number = "7:0", string options = "rw", string root = "/", string runId = "run-1") => new()
    {
        RunId = runId,
        Consistency = ConsistencyLevel.Application,
        Volumes =
        [
            new MountedFileSystem
            {
                MountPoint = MountPoint,
                MountId = 1,
                DeviceNumber = number,
                FileSystemType = type,
                Source = "/dev/loop0",
                SuperOptions = options,
                Root = root,
            },
        ],
    };

    public async Task<BackendSnapshot> TakeAsync(string type = "ext4", string root = "/", string runId = "run-1")
    {
        await using var cut = await NewBackend().PrepareAsync(Request(type, root: root, runId: runId), TestContext.Current.CancellationToken);
        await cut.CutAsync(TestContext.Current.CancellationToken);
        return Assert.Single(await cut.CompleteAsync(Reached, TestContext.Current.CancellationToken));
    }

    public static CompletionContext Reached { get; } =
        new() { Consistency = new Dictionary<string, ConsistencyLevel>(StringComparer.Ordinal) { [MountPoint] = ConsistencyLevel.Application } };

    /// <summary>In memory where that can be had: the tests flush a thousand times.</summary>
    private static DirectoryInfo MakeFolder() => Directory.Exists("/dev/shm")
        ? Directory.CreateDirectory("/dev/shm/acs-unit-" + Guid.NewGuid().ToString("N"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute)
        : Directory.CreateTempSubdirectory("acs-unit-");

    public void AddLoop(string backingFile, string name = "loop0", string number = "7:0", string? wholeName = null)
    {
        Assert.Equal(Errno.None, new LinuxImageFiles().Facts(backingFile, out var facts));
        Loops.Attached["/dev/" + (wholeName ?? name)] = new LoopStatus(facts.DeviceNumber, facts.Inode, 0, 0);
        Devices.Devices[number] = new SourceDevice
        {
            Name = name,
            WholeName = wholeName ?? name,
            Number = number,
            Start = 0,
            Size = Length,
            LogicalBlockSize = 512,
            BackingFile = backingFile,
        };
    }

    public void Dispose()
    {
        _loggers.Dispose();
        _logs.Dispose();
        _temporary.Delete(recursive: true);
    }
}
