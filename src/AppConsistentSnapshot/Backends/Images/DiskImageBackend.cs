using System.Text.Json;
using AppConsistentSnapshot.Diagnostics;
using AppConsistentSnapshot.Interop;
using AppConsistentSnapshot.Interop.Linux;
using AppConsistentSnapshot.Reports;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AppConsistentSnapshot.Backends.Images;

/// <summary>
/// Snapshots of file systems on loop devices: a copy of the file behind the device, by shared blocks where the file system that holds it
/// can (Btrfs, XFS), else without its holes. The copy is what is cut while the file system stands still.
/// </summary>
/// <remarks>A snapshot's id is the absolute path of its image, which lies next to its manifest in <see cref="DiskImageOptions.OutputFolder"/>.</remarks>
public sealed class DiskImageBackend : ISnapshotBackend
{
    private readonly string _outputFolder;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly ImagePreparation _preparation;
    private readonly ImageRemoval _removal;
    private readonly ImageCatalog _catalog;
    private readonly ImageExposure _exposure;

    /// <summary>Creates the backend.</summary>
    /// <param name="options">Where and how to copy. Read once: later changes have no effect.</param>
    /// <param name="timeProvider">The clock; <see langword="null"/> for the system's.</param>
    /// <param name="loggerFactory">Where to log; <see langword="null"/> for nowhere.</param>
    /// <exception cref="ArgumentException">An option is wrong.</exception>
    /// <exception cref="PlatformNotSupportedException">This is not Linux on x64 or arm64.</exception>
    public DiskImageBackend(DiskImageOptions options, TimeProvider? timeProvider = null, ILoggerFactory? loggerFactory = null)
        : this(options, CreateKernel(), timeProvider, loggerFactory)
    {
    }

    internal DiskImageBackend(DiskImageOptions options, ImageKernel kernel, TimeProvider? timeProvider, ILoggerFactory? loggerFactory)
    {
        ArgumentNullException.ThrowIfNull(options);
        Validate(options);
        _outputFolder = options.OutputFolder;
#pragma warning disable RS0030 // Composed without a container, this is its composition root.
        _timeProvider = timeProvider ?? TimeProvider.System;
#pragma warning restore RS0030
        _logger = (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger<DiskImageBackend>();
        var manifests = new ImageManifestStore(kernel);
        _removal = new ImageRemoval(kernel, manifests, _logger);
        _catalog = new ImageCatalog(kernel, manifests, _logger);
        _exposure = new ImageExposure(kernel, _catalog, _logger);
        var rehearsal = new ImageRehearsal(kernel, options.CopyMode, options.CopyBytesPerSecond, _timeProvider, _logger);
        _preparation = new ImagePreparation(kernel, _outputFolder, rehearsal, manifests, _removal, _timeProvider);
    }

    /// <inheritdoc/>
    public string Name => "image";

    /// <inheritdoc/>
    public bool SingleDiskFallbackByDefault => false;

    /// <inheritdoc/>
    public async ValueTask<IPreparedCut> PrepareAsync(CutRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!ImageName.IsRunId(request.RunId) || request.Volumes.Count == 0)
        {
            throw new ArgumentException($"The run id '{request.RunId}' is not fit for names, or there is no volume.", nameof(request));
        }

        return await BlockingCall.RunAsync(
            "acs-image-prepare", token => _preparation.Prepare(request, token), Discard, _timeProvider, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<BackendSnapshot>> ListAsync(CancellationToken cancellationToken) =>
        await RunAsync("acs-image-list", token => _catalog.List(_outputFolder, token), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask<IExposedSnapshot> ExposeReadOnlyAsync(string id, string mountPoint, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        ArgumentException.ThrowIfNullOrEmpty(mountPoint);
        return new ExposedImage(await BlockingCall.RunAsync(
            "acs-image-mount", token => _exposure.Expose(id, Path.GetFullPath(mountPoint), token), static mount => mount.TakeAway(),
            _timeProvider, cancellationToken).ConfigureAwait(false));
    }

    /// <inheritdoc/>
    public async ValueTask DeleteAsync(string id, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        _ = await RunAsync(
            "acs-image-delete",
            _ =>
            {
                _catalog.Delete(id);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<LeftBehind>> RecoverAsync(string recoveryState, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(recoveryState);
        var state = ReadState(recoveryState);
        return await RunAsync("acs-image-recover", token => _removal.Remove(state, token), cancellationToken).ConfigureAwait(false);
    }

    private static ImageKernel CreateKernel()
    {
#pragma warning disable CA1416 // It says so itself where this is not Linux.
        return LinuxImageKernel.Create();
#pragma warning restore CA1416
    }

    private static void Validate(DiskImageOptions options)
    {
        if (!Path.IsPathFullyQualified(options.OutputFolder))
        {
            throw new ArgumentException($"{nameof(options.OutputFolder)} must be an absolute path, but is '{options.OutputFolder}'.", nameof(options));
        }

        if (!Enum.IsDefined(options.CopyMode))
        {
            throw new ArgumentException($"{nameof(options.CopyMode)} must be Auto, Reflink or Copy, but is '{options.CopyMode}'.", nameof(options));
        }

        if (options.CopyBytesPerSecond is <= 0)
        {
            throw new ArgumentException(
                $"{nameof(options.CopyBytesPerSecond)} must be more than zero, but is {options.CopyBytesPerSecond}.", nameof(options));
        }
    }

    private static ImageRecoveryState ReadState(string recoveryState)
    {
        try
        {
            var state = JsonSerializer.Deserialize(recoveryState, ImageJsonContext.Default.ImageRecoveryState);
            if (state?.Images is not null && Path.IsPathFullyQualified(state.Folder ?? "") && ImageName.IsRunId(state.RunId ?? ""))
            {
                return state;
            }
        }
        catch (JsonException error)
        {
            throw Unreadable(error);
        }

        throw Unreadable(null);
    }

    private static SnapshotBackendException Unreadable(Exception? error) => new("The recovery state is not one of the disk image backend.", error)
    {
        RecommendedAction = "Look into the image folder for files whose names hold the id of the run, and remove them.",
    };

    private void Discard(DiskImageCut cut)
    {
        _logger.PrepareCameLate(cut.RecoveryState);
        _ = cut.DisposeAsync().AsTask();
    }

    private Task<T> RunAsync<T>(string name, Func<CancellationToken, T> work, CancellationToken cancellationToken) =>
        BlockingCall.RunAsync(name, work, abandoned: null, _timeProvider, cancellationToken);
}
