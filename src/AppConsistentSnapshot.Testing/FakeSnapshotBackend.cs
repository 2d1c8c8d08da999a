using System.Collections.Concurrent;
using AppConsistentSnapshot.Backends;
using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Reports;

namespace AppConsistentSnapshot.Testing;

/// <summary>A backend in memory, with the rules of a real one: ids are unique, a cut is made once, what was rolled back is gone.</summary>
public sealed class FakeSnapshotBackend : ISnapshotBackend
{
    private readonly ConcurrentDictionary<string, BackendSnapshot> _snapshots = new(StringComparer.Ordinal);
    private int _lastId;
    private int _openCuts;

    /// <summary>Creates the backend.</summary>
    /// <param name="name">Its name in reports.</param>
    /// <param name="timeProvider">Its clock; <see langword="null"/> for the system's.</param>
    public FakeSnapshotBackend(string name = "fake", TimeProvider? timeProvider = null)
    {
        Name = name;
        TimeProvider = timeProvider ?? SystemClock.Instance;
        Faults = new FaultScript<FakeBackendPhase>(TimeProvider);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public bool SingleDiskFallbackByDefault { get; set; }

    /// <summary>Gets or sets what its cuts need of every volume.</summary>
    public FreezeNeed FreezeNeed { get; set; }

    /// <summary>Gets or sets how long its cuts say they will take.</summary>
    public TimeSpan EstimatedCutTime { get; set; }

    /// <summary>Gets or sets the paths that its cuts say they write to.</summary>
    public IReadOnlyList<string> WritesTo { get; set; } = [];

    /// <summary>Gets or sets whether <see cref="IPreparedCut.RollBackAsync"/> leaves the snapshots there and says so.</summary>
    public bool CannotRemove { get; set; }

    /// <summary>Gets the snapshots that are there, finished or not.</summary>
    public IReadOnlyList<BackendSnapshot> Snapshots => [.. _snapshots.Values];

    /// <summary>Gets how many prepared cuts have not been disposed.</summary>
    public int OpenCuts => _openCuts;

    /// <summary>Gets what was called, in order.</summary>
    public IReadOnlyList<FakeBackendPhase> Calls => Faults.Calls;

    internal TimeProvider TimeProvider { get; }

    internal FaultScript<FakeBackendPhase> Faults { get; }

    /// <summary>Says what the next calls do: the first fault is for the next call of the phase, and so on; after them all is well again.</summary>
    /// <param name="phase">The call.</param>
    /// <param name="faults">What it does.</param>
    public FakeSnapshotBackend On(FakeBackendPhase phase, params IEnumerable<FakeFault> faults)
    {
        Faults.Add(phase, faults);
        return this;
    }

    /// <inheritdoc/>
    public async ValueTask<IPreparedCut> PrepareAsync(CutRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        await Faults.PlayAsync(FakeBackendPhase.Prepare, cancellationToken).ConfigureAwait(false);
        Interlocked.Increment(ref _openCuts);
        return new FakePreparedCut(this, request);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<BackendSnapshot>> ListAsync(CancellationToken cancellationToken)
    {
        await Faults.PlayAsync(FakeBackendPhase.List, cancellationToken).ConfigureAwait(false);
        return Snapshots;
    }

    /// <inheritdoc/>
    public async ValueTask<IExposedSnapshot> ExposeReadOnlyAsync(string id, string mountPoint, CancellationToken cancellationToken)
    {
        await Faults.PlayAsync(FakeBackendPhase.Expose, cancellationToken).ConfigureAwait(false);
        return new FakeExposedSnapshot(Find(id).Id, mountPoint);
    }

    /// <inheritdoc/>
    public async ValueTask DeleteAsync(string id, CancellationToken cancellationToken)
    {
        await Faults.PlayAsync(FakeBackendPhase.Delete, cancellationToken).ConfigureAwait(false);
        Remove(Find(id).Id);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<LeftBehind>> RecoverAsync(string recoveryState, CancellationToken cancellationToken)
    {
        await Faults.PlayAsync(FakeBackendPhase.Recover, cancellationToken).ConfigureAwait(false);
        return RemoveRun(recoveryState);
    }

    internal void Closed() => Interlocked.Decrement(ref _openCuts);

    internal BackendSnapshot Keep(BackendSnapshot snapshot) => _snapshots[snapshot.Id] = snapshot;

    internal string NewId(string runId) => $"{Name}-{runId}-{Interlocked.Increment(ref _lastId)}";

    internal IReadOnlyList<LeftBehind> RemoveRun(string runId)
    {
        var made = _snapshots.Keys.Where(id => id.StartsWith($"{Name}-{runId}-", StringComparison.Ordinal)).ToArray();
        if (CannotRemove)
        {
            return [.. made.Select(static id => new LeftBehind { Kind = LeftBehindKind.OrphanSnapshot, Id = id, Remedy = "Delete it by hand." })];
        }

        foreach (var id in made)
        {
            Remove(id);
        }

        return [];
    }

    private BackendSnapshot Find(string id) => _snapshots.TryGetValue(id, out var snapshot)
        ? snapshot
        : throw new SnapshotBackendException($"There is no snapshot '{id}'.") { Code = ErrorCodes.SnapshotNotFound };

    private void Remove(string id) => _snapshots.TryRemove(id, out _);
}
