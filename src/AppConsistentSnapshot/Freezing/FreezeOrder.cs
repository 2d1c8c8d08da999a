using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Freezing;

/// <summary>
/// Finds the order in which file systems can freeze: what lies in a file of another one freezes before it, for its freeze writes to that file.
/// Also when the two are not direct neighbours. A relation that cannot be seen, or that goes round in circles, costs the order and nothing else.
/// </summary>
internal sealed class FreezeOrder
{
    private readonly MountTable _table;
    private readonly IBlockDevices _devices;
    private readonly Dictionary<string, IReadOnlyList<MountedFileSystem>> _hosts = new(StringComparer.Ordinal);

    public FreezeOrder(MountTable table, IBlockDevices devices)
    {
        _table = table;
        _devices = devices;
    }

    /// <summary>The level of each file system; the lowest freezes first.</summary>
    public int[] FindLevels(IReadOnlyList<MountedFileSystem> fileSystems)
    {
        var numbers = fileSystems.Select(fileSystem => fileSystem.DeviceNumber).ToList();
        var below = fileSystems.Select(fileSystem => FindBelow(fileSystem, numbers)).ToList();
        var levels = new int[fileSystems.Count];

        // As many rounds as the longest chain can have links: a circle stops there.
        for (var round = 0; round < fileSystems.Count; round++)
        {
            for (var upper = 0; upper < below.Count; upper++)
            {
                foreach (var lower in below[upper])
                {
                    levels[lower] = Math.Min(Math.Max(levels[lower], levels[upper] + 1), fileSystems.Count);
                }
            }
        }

        return levels;
    }

    /// <summary>The indexes of all file systems of the set that one lies on, through others that are not in the set too.</summary>
    private List<int> FindBelow(MountedFileSystem fileSystem, List<string> numbers)
    {
        var below = new List<int>();
        var seen = new HashSet<string>(StringComparer.Ordinal) { fileSystem.DeviceNumber };
        var pending = new Stack<MountedFileSystem>([fileSystem]);
        while (pending.TryPop(out var upper))
        {
            foreach (var lower in FindHosts(upper).Where(lower => seen.Add(lower.DeviceNumber)))
            {
                pending.Push(lower);
                if (numbers.IndexOf(lower.DeviceNumber) is >= 0 and var index)
                {
                    below.Add(index);
                }
            }
        }

        return below;
    }

    private IReadOnlyList<MountedFileSystem> FindHosts(MountedFileSystem fileSystem)
    {
        if (!_hosts.TryGetValue(fileSystem.DeviceNumber, out var hosts))
        {
            hosts = [.. _devices.FindBackingFiles(fileSystem.DeviceNumber, fileSystem.Source)
                .Select(file => PathRules.TryNormalise(file, out var path, out _) ? _table.Find(path) : null)
                .OfType<MountedFileSystem>()];
            _hosts.Add(fileSystem.DeviceNumber, hosts);
        }

        return hosts;
    }
}
