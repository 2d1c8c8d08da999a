using AppConsistentSnapshot.Backends;

namespace AppConsistentSnapshot.Testing;

/// <summary>An exposed snapshot that is nowhere to be seen.</summary>
internal sealed class FakeExposedSnapshot : IExposedSnapshot
{
    public FakeExposedSnapshot(string snapshotId, string mountPoint)
    {
        SnapshotId = snapshotId;
        MountPoint = mountPoint;
    }

    public string SnapshotId { get; }

    public string MountPoint { get; }

    public string? Device => null;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
