namespace AppConsistentSnapshot.Freezing;

/// <summary>Compares mount points on a parent without making strings of paths.</summary>
internal sealed class MountPointComparer
    : IEqualityComparer<(int Parent, string MountPoint)>, IAlternateEqualityComparer<MountTable.MountPointKey, (int Parent, string MountPoint)>
{
    public static readonly MountPointComparer Instance = new();

    public bool Equals((int Parent, string MountPoint) x, (int Parent, string MountPoint) y) => x == y;

    public int GetHashCode((int Parent, string MountPoint) key) => Hash(key.Parent, key.MountPoint);

    public bool Equals(MountTable.MountPointKey alternate, (int Parent, string MountPoint) other) =>
        alternate.Parent == other.Parent && alternate.MountPoint.SequenceEqual(other.MountPoint);

    public int GetHashCode(MountTable.MountPointKey alternate) => Hash(alternate.Parent, alternate.MountPoint);

    public (int Parent, string MountPoint) Create(MountTable.MountPointKey alternate) => (alternate.Parent, alternate.MountPoint.ToString());

    private static int Hash(int parent, ReadOnlySpan<char> mountPoint) => HashCode.Combine(parent, string.GetHashCode(mountPoint, StringComparison.Ordinal));
}
