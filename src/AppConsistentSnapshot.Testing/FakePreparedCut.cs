using AppConsistentSnapshot.Backends;
using AppConsistentSnapshot.Reports;

namespace AppConsistentSnapshot.Testing;

/// <summary>A cut of a <see cref="FakeSnapshotBackend"/>: one snapshot a volume.</summary>
internal sealed class FakePreparedCut : IPreparedCut
{
    private readonly FakeSnapshotBackend _backend;
    private readonly CutRequest _request;
    private readonly List<BackendSnapshot> _made = [];
    private bool _wasCut;
    private bool _isClosed;

    public FakePreparedCut(FakeSnapshotBackend backend, CutRequest request)
    {
        _backend = backend;
        _request = request;
    }

    public string RecoveryState => _request.RunId;

    public IReadOnlyList<PreparedVolume> Volumes => [.. _request.Volumes.Select(volume => new PreparedVolume
    {
        Path = volume.MountPoint,
        FreezeNeed = _backend.FreezeNeed,
        WritesTo = _backend.WritesTo,
    })];

    public TimeSpan EstimatedCutTime => _backend.EstimatedCutTime;

    public async ValueTask<IReadOnlyList<BackendSnapshot>> CutAsync(CancellationToken cancellationToken)
    {
        if (_wasCut)
        {
            throw new InvalidOperationException("A prepared cut is made once.");
        }

        _wasCut = true;
        var startedAt = _backend.TimeProvider.GetUtcNow();
        foreach (var volume in _request.Volumes)
        {
            // The snapshot exists before the fault plays: what fails half-way leaves something to roll back.
            var id = _backend.NewId(_request.RunId);
            _backend.Keep(new BackendSnapshot { Id = id, Volumes = [volume.MountPoint], CutStartedAt = startedAt, CutEndedAt = startedAt });
            await _backend.Faults.PlayAsync(FakeBackendPhase.Cut, cancellationToken).ConfigureAwait(false);
            _made.Add(_backend.Keep(new BackendSnapshot
            {
                Id = id,
                Volumes = [volume.MountPoint],
                CutStartedAt = startedAt,
                CutEndedAt = _backend.TimeProvider.GetUtcNow(),
            }));
        }

        return _made;
    }

    public async ValueTask<IReadOnlyList<BackendSnapshot>> CompleteAsync(CompletionContext context, CancellationToken cancellationToken)
    {
        await _backend.Faults.PlayAsync(FakeBackendPhase.Complete, cancellationToken).ConfigureAwait(false);
        return [.. _made.Select(snapshot => _backend.Keep(new BackendSnapshot
        {
            Id = snapshot.Id,
            Volumes = snapshot.Volumes,
            CutStartedAt = snapshot.CutStartedAt,
            CutEndedAt = snapshot.CutEndedAt,
            Consistency = snapshot.Volumes.Select(volume => context.Consistency[volume]).Min(),
        }))];
    }

    public async ValueTask<IReadOnlyList<LeftBehind>> RollBackAsync(CancellationToken cancellationToken)
    {
        await _backend.Faults.PlayAsync(FakeBackendPhase.RollBack, cancellationToken).ConfigureAwait(false);
        return _backend.RemoveRun(_request.RunId);
    }

    public ValueTask DisposeAsync()
    {
        if (!_isClosed)
        {
            _isClosed = true;
            _backend.Closed();
        }

        return ValueTask.CompletedTask;
    }
}
