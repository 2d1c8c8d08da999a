using AppConsistentSnapshot.Diagnostics;
using AppConsistentSnapshot.Interop;
using AppConsistentSnapshot.Reports;
using Microsoft.Extensions.Logging;

namespace AppConsistentSnapshot.Freezing;

/// <summary>File systems that are frozen. Nothing is logged before they are thawed: the log's sink may lie on one of them.</summary>
internal sealed class FreezeLease : IFreezeLease
{
    private readonly FreezeSession _session;
    private readonly IReadOnlyList<MountedFileSystem> _fileSystems;
    private readonly ILogger _logger;
    private readonly Lazy<Task<ThawResult>> _thaw;
    private int _verified;
    private int _failedToVerify;

    public FreezeLease(FreezeSession session, IReadOnlyList<MountedFileSystem> fileSystems, FreezeNotice frozen, ILogger logger)
    {
        _session = session;
        _fileSystems = fileSystems;
        _logger = logger;
        _thaw = new Lazy<Task<ThawResult>>(ThawOnceAsync);
        FrozenAt = frozen.FrozenAt.GetValueOrDefault();
        Mounts = new FreezeOutcome(fileSystems, frozen).Mounts();
    }

    public DateTimeOffset FrozenAt { get; }

    public CancellationToken Expired => _session.Expired;

    public IReadOnlyList<MountReport> Mounts { get; }

    public async ValueTask<bool> VerifyHeldAsync()
    {
        var notice = await _session.ProbeAsync().ConfigureAwait(false);
        var isHeld = notice is not null
            && notice.Release == FreezeRelease.None
            && notice.Targets.All(status => status is { Phase: FreezePhase.Frozen or FreezePhase.Probing, ProbeErrno: Errno.None });
        _ = isHeld ? Interlocked.Exchange(ref _verified, 1) : Interlocked.Exchange(ref _failedToVerify, 1);
        return isHeld;
    }

    public ValueTask<ThawResult> ThawAsync() => new(_thaw.Value);

    public async ValueTask DisposeAsync() => _ = await ThawAsync().ConfigureAwait(false);

    private async Task<ThawResult> ThawOnceAsync()
    {
        _session.Release();
        var notice = await _session.Ended.ConfigureAwait(false);
        var outcome = new FreezeOutcome(_fileSystems, notice);
        var result = new ThawResult
        {
            ThawStartedAt = outcome.ThawStartedAt,
            Window = outcome.Window,
            EndedByLimit = notice.Release == FreezeRelease.Limit,
            HeldThroughout = HeldThroughout(outcome),
            Mounts = outcome.Mounts(),
            Errors = outcome.ThawFailures(),
            LeftBehind = outcome.LeftBehind(),
        };
        _logger.Thawed(_fileSystems.Count, result.Window.TotalMilliseconds, result.EndedByLimit);
        FreezeLogging.Report(_logger, result.Errors, result.LeftBehind, _session);
        return result;
    }

    private bool? HeldThroughout(FreezeOutcome outcome) => outcome switch
    {
        _ when outcome.AnyLost || outcome.FreezerDied || Volatile.Read(ref _failedToVerify) == 1 => false,
        _ when outcome.AllFoundFrozen && Volatile.Read(ref _verified) == 1 => true,
        _ => null,
    };
}
