using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Tests.Backends;

internal sealed class FakeMounts : IImageMounting
{
    /// <summary>What mount(2) says, call by call; None after the last.</summary>
    public Queue<Errno> MountAnswers { get; } = new();

    /// <summary>What umount2(2) says, call by call; None after the last.</summary>
    public Queue<Errno> UnmountAnswers { get; } = new();

    public string BtrfsId { get; set; } = "";

    public List<string> Calls { get; } = [];

    public Dictionary<string, string> MountPoints { get; } = new(StringComparer.Ordinal);

    public Errno Mount(string device, string mountPoint, string fileSystemType, string? data)
    {
        Calls.Add($"mount {fileSystemType} {data}".TrimEnd());
        var answer = MountAnswers.TryDequeue(out var next) ? next : Errno.None;
        if (answer == Errno.None)
        {
            MountPoints[mountPoint] = device;
        }

        return answer;
    }

    public Errno Unmount(string mountPoint, bool detach)
    {
        Calls.Add(detach ? "umount -l" : "umount");
        var answer = UnmountAnswers.TryDequeue(out var next) ? next : Errno.None;
        if (answer == Errno.None)
        {
            MountPoints.Remove(mountPoint);
        }

        return answer;
    }

    public Errno ReadBtrfsId(string mountPoint, out string id)
    {
        id = BtrfsId;
        return Errno.None;
    }

    public IReadOnlyList<string> FindMountPoints(string device) => [.. MountPoints.Where(pair => pair.Value == device).Select(pair => pair.Key)];
}
