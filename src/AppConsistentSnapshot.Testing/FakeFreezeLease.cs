using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Freezing;
using AppConsistentSnapshot.Reports;

namespace AppConsistentSnapshot.Testing;

/// <summary>A lease of a <see cref="FakeFreezeController"/>. At its limit it thaws by itself.</summary>
internal sealed class FakeFreezeLease : IFreezeLease
{
    private readonly Lock _lock = new();
    private readonly FakeFreezeController _controller;
    private readonly IReadOnlyList<MountedFileSystem> _fileSystems;
    private readonly List<MountedFileSystem> _frozen = [];
    private readonly CancellationTokenSource _expired = new();
    private readonly long _startedTimestamp;
    private ITimer? _timer;
    private ThawResult? _result;
    private bool? _held;

    public FakeFreezeLease(FakeFreezeController controller, IReadOnlyList<MountedFileSystem> fileSystems)
    {
        _controller = controller;
        _fileSystems = fileSystems;
        FrozenAt = controller.TimeProvider.GetUtcNow();
        _startedTimestamp = controller.TimeProvider.GetTimestamp();
    }

    public DateTimeOffset FrozenAt { get; }

    public CancellationToken Expired => _expired.Token;

    public IReadOnlyList<MountReport> Mounts => [.. _fileSystems.Select(static fileSystem => new MountReport
    {
        Path = fileSystem.MountPoint,
        FileSystem = fileSystem.FileSystemType,
        Status = MountStatus.Frozen,
    })];

    public void Freeze(MountedFileSystem fileSystem)
    {
        if (!_controller.TryFreeze(fileSystem.MountPoint))
        {
            throw new FreezeException([new SnapshotError(ErrorCodes.FreezeFailed, $"'{fileSystem.MountPoint}' is frozen by somebody else.")
            {
                Subject = fileSystem.MountPoint,
                Errno = 16,
            }]);
        }

        _frozen.Add(fileSystem);
    }

    public void StartTimer(TimeSpan limit) =>
        _timer = _controller.TimeProvider.CreateTimer(_ => Expire(), null, limit, Timeout.InfiniteTimeSpan);

    public async ValueTask<bool> VerifyHeldAsync()
    {
        await _controller.Faults.PlayAsync(FakeFreezePhase.Verify, CancellationToken.None).ConfigureAwait(false);
        lock (_lock)
        {
            _held = _result is null && _frozen.TrueForAll(fileSystem => _controller.IsFrozen(fileSystem.MountPoint));
            return _held.Value;
        }
    }

    public async ValueTask<ThawResult> ThawAsync()
    {
        await _controller.Faults.PlayAsync(FakeFreezePhase.Thaw, CancellationToken.None).ConfigureAwait(false);
        return Thaw(byLimit: false);
    }

    public async ValueTask DisposeAsync()
    {
        Thaw(byLimit: false);
        if (_timer is not null)
        {
            await _timer.DisposeAsync().ConfigureAwait(false);
        }
    }

    private void Expire()
    {
        lock (_lock)
        {
            if (_result is not null)
            {
                return;
            }

            Thaw(byLimit: true);
        }

        _expired.Cancel();
    }

    private ThawResult Thaw(bool byLimit)
    {
        lock (_lock)
        {
            return _result ??= ThawOnce(byLimit);
        }
    }

    private ThawResult ThawOnce(bool byLimit)
    {
        var thawStartedAt = _controller.TimeProvider.GetUtcNow();
        MountedFileSystem[] lost = [.. _frozen.Where(fileSystem => _controller.CannotThaw
            ? !_controller.IsFrozen(fileSystem.MountPoint)
            : !_controller.TryThaw(fileSystem.MountPoint))];
        MountedFileSystem[] stuck = _controller.CannotThaw ? [.. _frozen.Except(lost)] : [];
        return new ThawResult
        {
            ThawStartedAt = thawStartedAt,
            Window = _controller.TimeProvider.GetElapsedTime(_startedTimestamp),
            EndedByLimit = byLimit,
            HeldThroughout = lost.Length > 0 ? false : _held,
            Mounts = Mounts,
            Errors =
            [
                .. lost.Select(static fileSystem =>
                    new SnapshotError(ErrorCodes.FreezeLost, $"'{fileSystem.MountPoint}' was not frozen any more.") { Subject = fileSystem.MountPoint, Errno = 22 }),
                .. stuck.Select(static fileSystem =>
                    new SnapshotError(ErrorCodes.ThawFailed, $"'{fileSystem.MountPoint}' could not be thawed.") { Subject = fileSystem.MountPoint }),
            ],
            LeftBehind = [.. stuck.Select(static fileSystem => new LeftBehind
            {
                Kind = LeftBehindKind.FrozenMount,
                Id = fileSystem.MountPoint,
                Remedy = $"fsfreeze -u '{fileSystem.MountPoint}'",
            })],
        };
    }
}
