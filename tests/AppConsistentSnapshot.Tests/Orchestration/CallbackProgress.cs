namespace AppConsistentSnapshot.Tests.Orchestration;

/// <summary>Calls back on the thread that reports, unlike <see cref="Progress{T}"/>.</summary>
internal sealed class CallbackProgress : IProgress<SnapshotProgress>
{
    private readonly Action<SnapshotProgress> _callback;

    public CallbackProgress(Action<SnapshotProgress> callback) => _callback = callback;

    public void Report(SnapshotProgress value) => _callback(value);
}
