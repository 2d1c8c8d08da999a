using AppConsistentSnapshot.Interop;
using Microsoft.Win32.SafeHandles;

namespace AppConsistentSnapshot.Tests.Backends;

internal sealed class FakeSourceDevices(FaultPlan plan) : ISourceDevices
{
    public Dictionary<string, SourceDevice> Devices { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, string> Nodes { get; } = new(StringComparer.Ordinal);

    public List<string> BtrfsMembers { get; } = [];

    public HashSet<string> MountedBtrfs { get; } = new(StringComparer.Ordinal);

    public FakeWriteCounter Counter { get; } = new(plan);

    public bool CountsWrites { get; set; } = true;

    public bool SeparatesBtrfsCopies { get; set; } = true;

    public SourceDevice? Find(string number) => Devices.GetValueOrDefault(number);

    public string? FindNumber(string path) => Nodes.GetValueOrDefault(path);

    public IReadOnlyList<string> FindBtrfsMembers(string name) => BtrfsMembers;

    public bool IsBtrfsMounted(string id, string? memberName = null) =>
        MountedBtrfs.Contains(id) && (memberName is null || BtrfsMembers.Contains(memberName));

    public IWriteCounter? OpenWriteCounter(string number) => CountsWrites ? Counter : null;

    public IReadOnlyList<string> FindDisks(SafeFileHandle file) => ["/dev/sda"];
}
