namespace AppConsistentSnapshot.Backends;

/// <summary>A snapshot whose content can be read on this host. Disposing it takes that away again.</summary>
public interface IExposedSnapshot : IAsyncDisposable
{
    /// <summary>Gets the snapshot's id.</summary>
    string SnapshotId { get; }

    /// <summary>Gets where its content can be read.</summary>
    string MountPoint { get; }

    /// <summary>Gets the block device that it is mounted from, where there is one.</summary>
    string? Device { get; }
}
