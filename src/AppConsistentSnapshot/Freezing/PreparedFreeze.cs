using AppConsistentSnapshot.Diagnostics;
using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Interop;
using Microsoft.Extensions.Logging;

namespace AppConsistentSnapshot.Freezing;

/// <summary>File systems that are open and sorted.</summary>
internal sealed class PreparedFreeze : IPreparedFreeze, IArmedFreeze
{
    private static readonly TimeSpan LongestLimit = TimeSpan.FromMinutes(1);

    private readonly IReadOnlyList<PreparedFileSystem> _prepared;
    private readonly MountTableReader _mounts;
    private readonly IFreezeSystemCalls _kernel;
    private readonly IFreezeEngineFactory _engines;
    private readonly ILogger _logger;
    private IFreezer? _freezer;
    private bool _isFreezerUsed;
    private bool _isDisposed;

    public PreparedFreeze(
        IReadOnlyList<PreparedFileSystem> prepared, MountTableReader mounts, IFreezeSystemCalls kernel, IFreezeEngineFactory engines, ILogger logger)
    {
        _prepared = prepared;
        _mounts = mounts;
        _kernel = kernel;
        _engines = engines;
        _logger = logger;
        FileSystems = [.. prepared.Select(item => item.FileSystem)];
    }

    public IReadOnlyList<MountedFileSystem> FileSystems { get; }

    public IFreezer? Freezer => _freezer;

    public async ValueTask ArmAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_freezer is null || _isFreezerUsed)
        {
            var used = _freezer;
            _freezer = await _engines.ArmAsync([.. _prepared.Select(static item => new FreezeTarget(item.Descriptor, item.Level))], cancellationToken).ConfigureAwait(false);
            _isFreezerUsed = false;
            await LetGoAsync(used).ConfigureAwait(false);
        }
    }

    public async ValueTask<IReadOnlyList<SnapshotError>> FlushAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        var flushes = _prepared.Select(item => DedicatedThread.RunAsync("flush", FlushOf(item.Descriptor.Retain()))).ToList();
        var errnos = await Task.WhenAll(flushes).WaitAsync(cancellationToken).ConfigureAwait(false);
        return [.. FileSystems.Zip(errnos).Where(pair => pair.Second != Errno.None).Select(pair => FreezeErrors.FlushFailed(pair.First, pair.Second))];
    }

    public async ValueTask<IFreezeLease> FreezeAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(limit, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, LongestLimit);
        cancellationToken.ThrowIfCancellationRequested();
        CheckMounts();
        await ArmAsync(cancellationToken).ConfigureAwait(false);
        _isFreezerUsed = true;
        var session = new FreezeSession(_freezer!);
        FreezeNotice first;
        await using (cancellationToken.UnsafeRegister(static state => ((FreezeSession)state!).Release(), session).ConfigureAwait(false))
        {
            first = await session.FreezeAsync(limit).ConfigureAwait(false);
        }

        if (first.Kind == FreezeNoticeKind.Frozen && !cancellationToken.IsCancellationRequested)
        {
            return new FreezeLease(session, FileSystems, first, _logger);
        }

        session.Release();
        throw Failure(await session.Ended.ConfigureAwait(false), session, limit, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            await LetGoAsync(_freezer).ConfigureAwait(false);
            foreach (var item in _prepared)
            {
                item.Descriptor.Release();
            }
        }
    }

    private static ValueTask LetGoAsync(IFreezer? freezer) => freezer?.DisposeAsync() ?? ValueTask.CompletedTask;

    private Func<Errno> FlushOf(SharedDescriptor descriptor) => () =>
    {
        try
        {
            return _kernel.Flush(descriptor.Handle);
        }
        finally
        {
            descriptor.Release();
        }
    };

    private void CheckMounts()
    {
        var table = _mounts.Read();
        var changed = FileSystems
            .Where(fileSystem => table.Find(fileSystem.MountPoint)?.MountId != fileSystem.MountId)
            .Select(FreezeErrors.Changed)
            .ToList();
        if (changed.Count > 0)
        {
            throw new FreezeException(changed) { Mounts = FreezeFailure.Untouched(FileSystems) };
        }
    }

    private Exception Failure(FreezeNotice ended, FreezeSession session, TimeSpan limit, CancellationToken cancellationToken)
    {
        var failure = FreezeFailure.From(FileSystems, ended, limit);
        _logger.FreezeFailed(failure.Window.TotalMilliseconds);
        FreezeLogging.Report(_logger, failure.Errors, failure.LeftBehind, session);

        // Cancellation carries no list: what is left behind has to be told all the same.
        return ended.Release == FreezeRelease.Asked && failure.LeftBehind.Count == 0
            ? new OperationCanceledException(cancellationToken)
            : failure;
    }
}
