using AppConsistentSnapshot.Diagnostics;
using AppConsistentSnapshot.Interop;
using AppConsistentSnapshot.Reports;
using Microsoft.Extensions.Logging;

namespace AppConsistentSnapshot.Backends.Images;

/// <summary>Removes all that a run has made, finished or not, and nothing else. May be repeated.</summary>
internal sealed class ImageRemoval
{
    private readonly ImageKernel _kernel;
    private readonly ImageManifestStore _manifests;
    private readonly ILogger _logger;

    public ImageRemoval(ImageKernel kernel, ImageManifestStore manifests, ILogger logger)
    {
        _kernel = kernel;
        _manifests = manifests;
        _logger = logger;
    }

    /// <summary>Opens the folder of a run and removes its images.</summary>
    public IReadOnlyList<LeftBehind> Remove(ImageRecoveryState state, CancellationToken cancellationToken)
    {
        if (_kernel.Files.Facts(state.Folder, out _) == Errno.ENOENT)
        {
            _logger.ImageFolderGone(state.Folder, state.RunId);
            return [];
        }

        try
        {
            using var folder = ImageFolder.Open(_kernel.Files, state.Folder);
            return Remove(folder, state, cancellationToken);
        }
        catch (SnapshotBackendException error)
        {
            return [.. state.Images.Select(image => Left(Path.Combine(state.Folder, image.Name), error.Message))];
        }
    }

    public IReadOnlyList<LeftBehind> Remove(ImageFolder folder, ImageRecoveryState state, CancellationToken cancellationToken)
    {
        var left = new List<LeftBehind>();
        foreach (var image in state.Images)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!ImageName.IsImageOf(image.Name, state.RunId))
            {
                left.Add(Left(folder.PathOf(Path.GetFileName(image.Name)), "its name is not one of this run"));
                continue;
            }

            // The manifest first: an image without one is no snapshot to anybody.
            RemoveManifest(folder, image.Name, state.RunId, left);
            RemoveImage(folder, image, image.Name, left);
            RemoveImage(folder, image, ImageName.PartialOf(image.Name), left);
        }

        var errno = _kernel.Content.Flush(folder.Handle);
        if (errno != Errno.None)
        {
            _logger.CannotFlushFolder(folder.Path, errno.Describe());
        }

        return left;
    }

    private void RemoveManifest(ImageFolder folder, string image, string runId, List<LeftBehind> left)
    {
        var name = ImageName.ManifestOf(image);
        var manifest = _manifests.Read(folder, image, out var problem);
        if (problem is not null || (manifest is not null && manifest.RunId != runId))
        {
            left.Add(Left(folder.PathOf(name), problem ?? $"it is of the run '{manifest!.RunId}'"));
        }
        else if (manifest is not null)
        {
            TryRemove(folder, name, left);
        }

        TryRemove(folder, ImageName.PartialOf(name), left);
    }

    private static void RemoveImage(ImageFolder folder, ImageRecoveryEntry image, string name, List<LeftBehind> left)
    {
        try
        {
            if (folder.Find(name) is not { } facts)
            {
                return;
            }

            if (facts.Kind != FileKind.Regular || facts.Inode != image.Inode)
            {
                left.Add(Left(folder.PathOf(name), "it is another file than the one that this run made"));
                return;
            }
        }
        catch (SnapshotBackendException error)
        {
            left.Add(Left(folder.PathOf(name), error.Message));
            return;
        }

        TryRemove(folder, name, left);
    }

    private static void TryRemove(ImageFolder folder, string name, List<LeftBehind> left)
    {
        try
        {
            folder.Remove(name);
        }
        catch (SnapshotBackendException error)
        {
            left.Add(Left(folder.PathOf(name), error.Message));
        }
    }

    public static LeftBehind Left(string path, string why) => new()
    {
        Kind = LeftBehindKind.OrphanSnapshot,
        Id = path,
        Remedy = $"Look at it and remove it by 'rm {path}': {why}",
    };
}
