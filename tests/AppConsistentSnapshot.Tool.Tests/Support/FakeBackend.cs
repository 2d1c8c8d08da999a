using AppConsistentSnapshot.Backends;
using AppConsistentSnapshot.Reports;
using AppConsistentSnapshot.Tool.Catalog;

namespace AppConsistentSnapshot.Tool.Tests.Support;

/// <summary>A backend for the verbs that work on snapshots; the orchestrator is faked, so nothing is cut.</summary>
internal sealed class FakeBackend : ISnapshotBackend
{
    public FakeBackend(string name, BackendContext context)
    {
        Name = name;
        Context = context;
    }

    public string Name { get; }

    public BackendContext Context { get; }

    public bool SingleDiskFallbackByDefault => false;

    public List<BackendSnapshot> Snapshots { get; } = [];

    public SnapshotBackendException? Failure { get; set; }

    public Func<CancellationToken, Task>? Before { get; set; }

    public FakeExposed? Exposed { get; private set; }

    public ValueTask<IPreparedCut> PrepareAsync(CutRequest request, CancellationToken cancellationToken) =>
        throw new NotSupportedException("The orchestrator is faked.");

    public async ValueTask<IReadOnlyList<BackendSnapshot>> ListAsync(CancellationToken cancellationToken)
    {
        await ActAsync(cancellationToken);
        return Snapshots;
    }

    public async ValueTask<IExposedSnapshot> ExposeReadOnlyAsync(string id, string mountPoint, CancellationToken cancellationToken)
    {
        await ActAsync(cancellationToken);
        return Exposed = new FakeExposed(id, mountPoint);
    }

    public async ValueTask DeleteAsync(string id, CancellationToken cancellationToken)
    {
        await ActAsync(cancellationToken);
        _ = Snapshots.RemoveAll(snapshot => snapshot.Id == id);
    }

    public ValueTask<IReadOnlyList<LeftBehind>> RecoverAsync(string recoveryState, CancellationToken cancellationToken) =>
        throw new NotSupportedException("The command has no recovery yet.");

    private async Task ActAsync(CancellationToken cancellationToken)
    {
        if (Before is not null)
        {
            await Before(cancellationToken);
        }

        if (Failure is not null)
        {
            throw Failure;
        }
    }
}
