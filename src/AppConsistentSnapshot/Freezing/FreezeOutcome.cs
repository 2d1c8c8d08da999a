using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Interop;
using AppConsistentSnapshot.Reports;

namespace AppConsistentSnapshot.Freezing;

/// <summary>Turns a notice of the engine into what the host reports.</summary>
internal sealed class FreezeOutcome
{
    private readonly IReadOnlyList<MountedFileSystem> _fileSystems;
    private readonly FreezeNotice _notice;

    public FreezeOutcome(IReadOnlyList<MountedFileSystem> fileSystems, FreezeNotice notice)
    {
        _fileSystems = fileSystems;
        _notice = notice;
    }

    /// <summary>From the start of the first freeze to the end of the last thaw, or to now where something is not thawed.</summary>
    public TimeSpan Window =>
        _notice.Targets.Any(status => !status.IsAtRest)
            ? _notice.Elapsed
            : _notice.Targets.Max(status => status.WasFrozen ? status.ThawEnd ?? _notice.Elapsed : TimeSpan.Zero);

    public DateTimeOffset ThawStartedAt =>
        _notice.FrozenAt.GetValueOrDefault() + (_notice.Targets.Min(status => status.ThawStart) ?? _notice.ReleasedAfter ?? _notice.Elapsed);

    public bool AnyLost => _notice.Targets.Any(IsLost);

    /// <summary>Whether the process that froze died: what happened in between nobody saw.</summary>
    public bool FreezerDied => _notice.Release == FreezeRelease.FreezerDied;

    public bool AllFoundFrozen => _notice.Targets.All(status => status is { Phase: FreezePhase.Thawed, ThawErrno: Errno.None });

    public IReadOnlyList<MountReport> Mounts(string? whyThawed = null) => Each((fileSystem, status) => new MountReport
    {
        Path = fileSystem.MountPoint,
        FileSystem = fileSystem.FileSystemType,
        Status = status switch
        {
            { Phase: FreezePhase.Skipped or FreezePhase.Waiting } => MountStatus.Skipped,
            { WasFrozen: true } when !IsLost(status) => MountStatus.Frozen,
            _ => MountStatus.Failed,
        },
        Reason = Reason(status, whyThawed),
        FreezeMilliseconds = (status.FreezeEnd - status.FreezeStart)?.TotalMilliseconds,
        ThawMilliseconds = (status.ThawEnd - status.ThawStart)?.TotalMilliseconds,
    });

    /// <summary>Why not everything was frozen, first cause first.</summary>
    public IReadOnlyList<SnapshotError> FreezeFailures(TimeSpan limit)
    {
        var refused = Pairs().Where(pair => pair.Status.Phase == FreezePhase.Refused)
            .OrderBy(pair => pair.Status.FreezeEnd)
            .Select(pair => FreezeErrors.FreezeRefused(pair.FileSystem, pair.Status.FreezeErrno));
        var slow = Pairs().Where(pair => _notice.Release == FreezeRelease.Limit && IsSlow(pair.Status))
            .Select(pair => FreezeErrors.FreezeTooSlow(pair.FileSystem, limit, pair.Status.Phase == FreezePhase.Freezing));
        var blocked = Pairs().Where(pair => _notice.Release != FreezeRelease.Limit && pair.Status.Phase == FreezePhase.Freezing)
            .Select(pair => FreezeErrors.GaveUpWhileBlocked(pair.FileSystem));
        return _notice.Release == FreezeRelease.Limit ? [.. slow, .. refused, .. ThawFailures()] : [.. refused, .. blocked, .. ThawFailures()];
    }

    /// <summary>Lost freezes and thaws that failed.</summary>
    public IReadOnlyList<SnapshotError> ThawFailures()
    {
        List<SnapshotError> errors = FreezerDied ? [FreezeErrors.FreezerDied()] : [];
        foreach (var (fileSystem, status) in Pairs())
        {
            if (IsLost(status))
            {
                errors.Add(FreezeErrors.Lost(fileSystem));
            }
            else if (status.ProbeErrno != Errno.None)
            {
                errors.Add(FreezeErrors.NotVerified(fileSystem, status.ProbeErrno));
            }

            if (HasThawFailed(status) || status.Phase is FreezePhase.Frozen or FreezePhase.Thawing or FreezePhase.Probing)
            {
                errors.Add(FreezeErrors.ThawFailed(fileSystem, status.ThawErrno));
            }
        }

        return errors;
    }

    public IReadOnlyList<LeftBehind> LeftBehind() =>
        [.. Pairs().Where(pair => HasThawFailed(pair.Status) || !pair.Status.IsAtRest).Select(pair => new LeftBehind
        {
            Kind = LeftBehindKind.FrozenMount,
            Id = pair.FileSystem.MountPoint,
            Remedy = pair.Status.IsAtRest
                ? FreezeErrors.ThawCommand(pair.FileSystem.MountPoint)
                : $"The kernel still holds the call; as soon as it returns, this process thaws it. If the process ends before: {FreezeErrors.ThawCommand(pair.FileSystem.MountPoint)}",
        })];

    private static bool IsLost(FreezeStatus status) =>
        status.Phase == FreezePhase.Lost || status is { Phase: FreezePhase.Thawed, ThawErrno: Errno.EINVAL };

    private static bool HasThawFailed(FreezeStatus status) =>
        status.Phase is FreezePhase.Thawed or FreezePhase.Lost && status.ThawErrno is not (Errno.None or Errno.EINVAL);

    private static bool IsSlow(FreezeStatus status) => status.Phase == FreezePhase.Freezing || (status.WasFrozen && status.IsLate);

    private string? Reason(FreezeStatus status, string? whyThawed) => status switch
    {
        _ when IsLost(status) => "somebody else thawed it",
        _ when HasThawFailed(status) => $"not thawed: {status.ThawErrno.Describe()}",
        { Phase: FreezePhase.Refused } => status.FreezeErrno.Describe(),
        { Phase: FreezePhase.Freezing } => "its freeze still blocks in the kernel",
        { Phase: FreezePhase.Skipped or FreezePhase.Waiting } => whyThawed ?? "its turn did not come",
        { Phase: FreezePhase.Probing or FreezePhase.Thawing } when _notice.Kind == FreezeNoticeKind.Ended => "its thaw still blocks in the kernel",
        _ => whyThawed,
    };

    private IReadOnlyList<T> Each<T>(Func<MountedFileSystem, FreezeStatus, T> select) =>
        [.. Pairs().Select(pair => select(pair.FileSystem, pair.Status))];

    private IEnumerable<(MountedFileSystem FileSystem, FreezeStatus Status)> Pairs() => _fileSystems.Zip(_notice.Targets);
}
