using System.Text.Json;
using AppConsistentSnapshot.Interop;
using AppConsistentSnapshot.Reports;

namespace AppConsistentSnapshot.Backends.Images;

// The promise of this class
// -------------------------
// - CutAsync opens no file, logs nothing, and returns as soon as the token fires, whatever a call into the kernel does.
// - A call that hangs keeps its file: roll-back waits for it as long as it may, and names what it could not remove.
// - Nothing is left of a cut that was prepared and never made.
internal sealed class DiskImageCut : IPreparedCut
{
    private readonly ImageFolder _folder;
    private readonly IReadOnlyList<ImageTarget> _targets;
    private readonly ImageCutter _cutter;
    private readonly ImageCompletion _completion;
    private readonly ImageRemoval _removal;
    private readonly ImageRecoveryState _state;
    private readonly TimeProvider _timeProvider;
    private readonly CancellationTokenSource _stop = new();
    private Task<bool>[] _workers = [];
    private bool _cutCalled;
    private bool _disposed;

    public DiskImageCut(
        ImageFolder folder, string runId, IReadOnlyList<ImageTarget> targets, ImageKernel kernel, ImageManifestStore manifests,
        ImageRemoval removal, TimeProvider timeProvider)
    {
        _folder = folder;
        _targets = targets;
        _cutter = new ImageCutter(kernel.Content, timeProvider);
        _completion = new ImageCompletion(kernel, manifests, runId);
        _removal = removal;
        _timeProvider = timeProvider;
        _state = new ImageRecoveryState
        {
            Folder = folder.Path,
            RunId = runId,
            Images = [.. targets.Select(static target => new ImageRecoveryEntry { Name = target.Name, Inode = target.Inode })],
        };
        RecoveryState = JsonSerializer.Serialize(_state, ImageJsonContext.Default.ImageRecoveryState);
        Volumes = [.. targets.SelectMany(target => target.Volumes.Select(volume => new PreparedVolume
        {
            Path = volume.MountPoint,
            FreezeNeed = FreezeNeed.HostMustFreeze,
            WritesTo = [folder.Path],
            PhysicalDisks = target.Source.PhysicalDisks,
        }))];

        // Copies share the disk; reflinks do not wait for each other.
        EstimatedCutTime =
            targets.Where(static target => target.Method == ImageMethod.Copy).Aggregate(TimeSpan.Zero, static (sum, target) => sum + target.Estimate) +
            targets.Where(static target => target.Method == ImageMethod.Reflink).Select(static target => target.Estimate).DefaultIfEmpty().Max();
    }

    public string RecoveryState { get; }

    public IReadOnlyList<PreparedVolume> Volumes { get; }

    public TimeSpan EstimatedCutTime { get; }

    public async ValueTask<IReadOnlyList<BackendSnapshot>> CutAsync(CancellationToken cancellationToken)
    {
        if (_cutCalled)
        {
            throw new InvalidOperationException("This cut was made before.");
        }

        cancellationToken.ThrowIfCancellationRequested();
        _cutCalled = true;
        var stop = _stop.Token;
        await using var registration = cancellationToken.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _stop)
            .ConfigureAwait(false);
        _workers = [.. _targets.Select(target => BlockingCall.Start("acs-image-cut", () => Cut(target, stop)))];
        var running = _workers.ToList();
        while (running.Count > 0)
        {
            var done = await Task.WhenAny(running).WaitAsync(cancellationToken).ConfigureAwait(false);
            _ = running.Remove(done);
            if (!done.IsCompletedSuccessfully)
            {
                await _stop.CancelAsync().ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
                _ = await done.ConfigureAwait(false);
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        return [.. _targets.Select(target => ImageSnapshots.Of(_folder, ImageSnapshots.Describe(target, _state.RunId, null)))];
    }

    public async ValueTask<IReadOnlyList<BackendSnapshot>> CompleteAsync(CompletionContext context, CancellationToken cancellationToken) =>
        await BlockingCall.RunAsync<IReadOnlyList<BackendSnapshot>>(
            "acs-image-complete",
            token => [.. _targets.Select(target => _completion.Complete(_folder, target, context, token))],
            abandoned: null, _timeProvider, cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<LeftBehind>> RollBackAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await ((Task)Task.WhenAll(_workers)).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            // To remove a file that a call into the kernel still holds would hang too.
            cancellationToken.ThrowIfCancellationRequested();
            return await BlockingCall.RunAsync(
                "acs-image-roll-back", token => _removal.Remove(_folder, _state, token), abandoned: null, _timeProvider, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return [.. _targets.Select(target => ImageRemoval.Left(
                _folder.PathOf(ImageName.PartialOf(target.Name)), "there was no time left to remove it, or a call on it still hangs"))];
        }
    }

    public ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return ValueTask.CompletedTask;
        }

        _disposed = true;
        _stop.Cancel();
        if (!_cutCalled)
        {
            // Not a snapshot yet, only room for one.
            _ = _removal.Remove(_folder, _state, CancellationToken.None);
        }

        foreach (var target in _targets)
        {
            target.Dispose();
        }

        _folder.Dispose();
        _stop.Dispose();
        return ValueTask.CompletedTask;
    }

    private bool Cut(ImageTarget target, CancellationToken stop)
    {
        _cutter.Cut(target, stop);
        return true;
    }
}
