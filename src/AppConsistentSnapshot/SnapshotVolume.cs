using AppConsistentSnapshot.Backends;

namespace AppConsistentSnapshot;

/// <summary>One file system to be part of the snapshot, and the backend that cuts it.</summary>
public sealed class SnapshotVolume
{
    /// <summary>Names a mount point and its backend.</summary>
    /// <param name="path">The absolute path of a mount point.</param>
    /// <param name="backend">Cuts this volume. Volumes that share a backend are given to it together.</param>
    public SnapshotVolume(string path, ISnapshotBackend backend)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(backend);
        Path = path;
        Backend = backend;
    }

    /// <summary>Gets the mount point.</summary>
    public string Path { get; }

    /// <summary>Gets the backend. The caller keeps owning it.</summary>
    public ISnapshotBackend Backend { get; }
}
