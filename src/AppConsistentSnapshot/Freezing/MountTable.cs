using System.Runtime.InteropServices;

namespace AppConsistentSnapshot.Freezing;

/// <summary>The mount table as a tree: finds the mount that a path leads to, as the kernel's path walk would, without touching any.</summary>
internal sealed class MountTable
{
    // Linux: the root of a mount namespace has itself as parent, and in a chroot the parents are not listed. No mount has the id 0.
    private const int Outside = 0;

    private readonly List<MountEntry> _entries;
    private readonly Dictionary<(int Parent, string MountPoint), MountEntry> _children;
    private readonly Dictionary<(int, string), MountEntry>.AlternateLookup<MountPointKey> _lookup;

    private MountTable(List<MountEntry> entries, int unreadableLines)
    {
        _entries = entries;
        UnreadableLines = unreadableLines;
        var ids = new HashSet<int>(entries.Count);
        foreach (var entry in entries)
        {
            _ = ids.Add(entry.FileSystem.MountId);
        }

        _children = new Dictionary<(int, string), MountEntry>(entries.Count, MountPointComparer.Instance);
        foreach (var entry in entries.Where(entry => entry.HasName))
        {
            var parent = entry.ParentId == entry.FileSystem.MountId || !ids.Contains(entry.ParentId) ? Outside : entry.ParentId;
            _children[(parent, entry.FileSystem.MountPoint)] = entry;
        }

        _lookup = _children.GetAlternateLookup<MountPointKey>();
    }

    /// <summary>Every mount, in the order of the table, hidden ones too.</summary>
    public IReadOnlyList<MountEntry> Entries => _entries;

    /// <summary>How many lines made no sense.</summary>
    public int UnreadableLines { get; }

    public static MountTable Parse(ReadOnlySpan<byte> table)
    {
        var entries = new List<MountEntry>(table.Count((byte)'\n') + 1);
        var unreadable = 0;
        var parser = new MountTableParser();
        foreach (var range in table.Split((byte)'\n'))
        {
            var line = table[range];
            if (line.IsEmpty)
            {
                continue;
            }

            if (parser.ParseLine(line) is { } entry)
            {
                entries.Add(entry);
            }
            else
            {
                unreadable++;
            }
        }

        return new MountTable(entries, unreadable);
    }

    /// <summary>The mount that a normalised absolute path lies on, or null. One that is covered or hidden is never found.</summary>
    public MountedFileSystem? Find(ReadOnlySpan<char> path)
    {
        MountEntry? current = null;
        Descend(ref current, "/");
        for (var end = 1; end < path.Length; end++)
        {
            if (end + 1 == path.Length || path[end + 1] == '/')
            {
                Descend(ref current, path[..(end + 1)]);
            }
        }

        return current?.FileSystem;
    }

    // What is mounted on a mount's own mount point covers it. Bounded, for a damaged table might go round in circles.
    private void Descend(ref MountEntry? current, ReadOnlySpan<char> mountPoint)
    {
        for (var step = 0; step <= _entries.Count; step++)
        {
            if (!_lookup.TryGetValue(new MountPointKey(current?.FileSystem.MountId ?? Outside, mountPoint), out var child))
            {
                return;
            }

            current = child;
        }
    }

    [StructLayout(LayoutKind.Auto)]
    internal readonly ref struct MountPointKey(int parent, ReadOnlySpan<char> mountPoint)
    {
        public int Parent { get; } = parent;

        public ReadOnlySpan<char> MountPoint { get; } = mountPoint;
    }
}
