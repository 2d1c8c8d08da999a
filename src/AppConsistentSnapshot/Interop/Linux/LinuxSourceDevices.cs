using System.Globalization;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace AppConsistentSnapshot.Interop.Linux;

/// <summary>Reads sysfs, where anything may be missing and may go away while it is read: then the answer is nothing.</summary>
[SupportedOSPlatform("linux")]
internal sealed class LinuxSourceDevices : ISourceDevices
{
    private const string Btrfs = "/sys/fs/btrfs";
    private const int MaximumDepth = 16;

    public LinuxSourceDevices() => Libc.Require("The disk image backend");

    public bool SeparatesBtrfsCopies => File.Exists(Btrfs + "/features/temp_fsid");

    public SourceDevice? Find(string number)
    {
        var folder = Resolve("/sys/dev/block/" + number);
        if (folder is null || ReadNumber(folder + "/size") is not { } sectors)
        {
            return null;
        }

        var isPartition = File.Exists(folder + "/partition");
        var whole = isPartition ? Path.GetDirectoryName(folder)! : folder;
        return new SourceDevice
        {
            Name = Path.GetFileName(folder),
            Number = number,
            WholeName = Path.GetFileName(whole),
            Start = isPartition ? (ReadNumber(folder + "/start") ?? 0) * 512 : 0,
            Size = sectors * 512,
            LogicalBlockSize = (int)(ReadNumber(whole + "/queue/logical_block_size") ?? 512),
            BackingFile = ReadText(whole + "/loop/backing_file"),
        };
    }

    public string? FindNumber(string path)
    {
        using var node = Libc.Open(path, LibC.O_RDONLY | LibC.O_NONBLOCK | LibC.O_PATH, out _);
        return node is null ? null : Libc.With(node, static fd => Statx.ReadDevice(fd));
    }

    public IReadOnlyList<string> FindBtrfsMembers(string name) =>
        List(Btrfs).Select(static folder => List(folder + "/devices").Select(static device => Path.GetFileName(device)).ToList())
            .FirstOrDefault(members => members.Contains(name)) ?? [];

    public bool IsBtrfsMounted(string id, string? memberName = null) =>
        Directory.Exists($"{Btrfs}/{id}/devices") && (memberName is null || Path.Exists($"{Btrfs}/{id}/devices/{memberName}"));

    public IWriteCounter? OpenWriteCounter(string number)
    {
        var folder = Resolve("/sys/dev/block/" + number);
        if (folder is null)
        {
            return null;
        }

        var whole = File.Exists(folder + "/partition") ? Path.GetDirectoryName(folder)! : folder;
        return ReadNumber(whole + "/queue/iostats") == 1 ? LinuxWriteCounter.Open(folder) : null;
    }

    public IReadOnlyList<string> FindDisks(SafeFileHandle file)
    {
        var disks = new SortedSet<string>(StringComparer.Ordinal);
        if (Libc.With(file, static fd => (Statx.Read(fd, "", Statx.EmptyPath, out var facts), facts)) is (Errno.None, var found))
        {
            CollectDisks(file, found.DeviceNumber, disks, 0);
        }

        return [.. disks];
    }

    private static void CollectDisks(SafeFileHandle file, string number, SortedSet<string> disks, int depth)
    {
        if (Resolve("/sys/dev/block/" + number) is { } folder)
        {
            CollectDisks(folder, disks, depth);
        }
        else if (BtrfsId.Read(file, out var id) == Errno.None)
        {
            // Btrfs files have device numbers that no block device has.
            foreach (var member in List($"{Btrfs}/{id}/devices").Select(Resolve).OfType<string>())
            {
                CollectDisks(member, disks, depth);
            }
        }
    }

    private static void CollectDisks(string folder, SortedSet<string> disks, int depth)
    {
        if (depth > MaximumDepth)
        {
            return;
        }

        var whole = File.Exists(folder + "/partition") ? Path.GetDirectoryName(folder)! : folder;
        var parts = List(whole + "/slaves").Select(Resolve).OfType<string>().ToList();
        foreach (var part in parts)
        {
            CollectDisks(part, disks, depth + 1);
        }

        if (parts.Count == 0 && ReadText(whole + "/loop/backing_file") is { } backing)
        {
            using var file = Libc.Open(backing, LibC.O_RDONLY | LibC.O_NONBLOCK, out _);
            if (file is not null && Libc.With(file, static fd => (Statx.Read(fd, "", Statx.EmptyPath, out var facts), facts)) is (Errno.None, var found))
            {
                CollectDisks(file, found.DeviceNumber, disks, depth + 1);
            }
        }
        else if (parts.Count == 0)
        {
            _ = disks.Add("/dev/" + Path.GetFileName(whole));
        }
    }

    private static long? ReadNumber(string path) =>
        long.TryParse(ReadText(path), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? ReadText(string path) => Try(() =>
    {
        // Only the one newline that the kernel adds: a file name may end in others.
        var text = File.ReadAllText(path);
        return text.EndsWith('\n') ? text[..^1] : text;
    });

    private static string[] List(string folder) => Try(() => Directory.GetFileSystemEntries(folder)) ?? [];

    private static string? Resolve(string path) => Try(() => Directory.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName);

    private static T? Try<T>(Func<T?> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
