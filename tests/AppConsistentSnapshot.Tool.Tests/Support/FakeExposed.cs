using AppConsistentSnapshot.Backends;

namespace AppConsistentSnapshot.Tool.Tests.Support;

internal sealed class FakeExposed : IExposedSnapshot
{
    public FakeExposed(string snapshotId, string mountPoint)
    {
        SnapshotId = snapshotId;
        MountPoint = mountPoint;
    }

    public string SnapshotId { get; }

    public string MountPoint { get; }

    public string? Device => "/dev/loop7";

    public bool IsDisposed { get; private set; }

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return ValueTask.CompletedTask;
    }
}
