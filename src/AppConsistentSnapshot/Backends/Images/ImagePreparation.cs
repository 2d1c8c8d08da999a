using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Freezing;
using AppConsistentSnapshot.Interop;
using AppConsistentSnapshot.Reports;

namespace AppConsistentSnapshot.Backends.Images;

/// <summary>Finds out everything that can be known to fail, and opens what the cut needs. What it made is gone again if it fails.</summary>
internal sealed class ImagePreparation
{
    private readonly ImageKernel _kernel;
    private readonly string _outputFolder;
    private readonly LoopSourceResolver _sources;
    private readonly ImageRehearsal _rehearsal;
    private readonly ImageManifestStore _manifests;
    private readonly ImageRemoval _removal;
    private readonly TimeProvider _timeProvider;

    public ImagePreparation(
        ImageKernel kernel, string outputFolder, ImageRehearsal rehearsal, ImageManifestStore manifests, ImageRemoval removal, TimeProvider timeProvider)
    {
        _kernel = kernel;
        _outputFolder = outputFolder;
        _sources = new LoopSourceResolver(kernel);
        _rehearsal = rehearsal;
        _manifests = manifests;
        _removal = removal;
        _timeProvider = timeProvider;
    }

    public DiskImageCut Prepare(CutRequest request, CancellationToken cancellationToken)
    {
        var targets = new List<ImageTarget>();
        ImageFolder? folder = null;
        try
        {
            folder = ImageFolder.Open(_kernel.Files, _outputFolder);
            foreach (var volumes in request.Volumes.GroupBy(static volume => volume.DeviceNumber, StringComparer.Ordinal))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var target = OpenOne(folder, request.RunId, targets.Count + 1, [.. volumes]);
                targets.Add(target);
                _rehearsal.Rehearse(folder, target, cancellationToken);
            }

            ImageFailure.Check(_kernel.Content.Flush(folder.Handle), $"Flushing the folder '{folder.Path}'");
            return new DiskImageCut(folder, request.RunId, targets, _kernel, _manifests, _removal, _timeProvider);
        }
        catch (Exception error)
        {
            var left = folder is null ? [] : Undo(folder, targets);
            folder?.Dispose();
            if (left.Count > 0)
            {
                throw Unclean(error, left);
            }

            throw;
        }
    }

    private ImageTarget OpenOne(ImageFolder folder, string runId, int index, IReadOnlyList<MountedFileSystem> volumes)
    {
        var source = _sources.Resolve(volumes[0]);
        try
        {
            RefuseOwnFolder(folder, volumes[0]);
            return MakeTarget(folder, ImageName.Make(_timeProvider.GetUtcNow(), runId, index, volumes[0].MountPoint), volumes, source);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    private ImageTarget MakeTarget(ImageFolder folder, string name, IReadOnlyList<MountedFileSystem> volumes, LoopSource source)
    {
        var partial = ImageName.PartialOf(name);
        if (folder.Find(name) is not null || folder.Find(ImageName.ManifestOf(name)) is not null)
        {
            throw ImageFailure.Of(Errno.EEXIST, $"Making '{folder.PathOf(name)}'", volumes[0].MountPoint);
        }

        var handle = folder.Create(partial, volumes[0].MountPoint);
        var errno = _kernel.Files.Facts(handle, out var facts);
        if (errno != Errno.None)
        {
            handle.Dispose();
            folder.Remove(partial);
            throw ImageFailure.Of(errno, $"Looking at '{folder.PathOf(partial)}'", volumes[0].MountPoint);
        }

        return new ImageTarget(name, volumes, source, handle, facts.Inode);
    }

    private void RefuseOwnFolder(ImageFolder folder, MountedFileSystem volume)
    {
        ImageFailure.Check(_kernel.Files.Facts(folder.Handle, out var facts), $"Looking at '{folder.Path}'");
        var isBelow = (folder.Path + "/").StartsWith(volume.MountPoint.TrimEnd('/') + "/", StringComparison.Ordinal);
        if (facts.DeviceNumber == volume.DeviceNumber ||
            (isBelow && _kernel.Files.Facts(volume.MountPoint, out var root) == Errno.None && root.MountId != 0 && root.MountId == facts.MountId))
        {
            throw ImageFailure.Refuse(
                $"The image folder '{folder.Path}' lies on '{volume.MountPoint}', which is to be cut: the image would have to hold itself.",
                ErrorCodes.CutWritesToFrozenFileSystem.RecommendedAction, volume.MountPoint, ErrorCodes.CutWritesToFrozenFileSystem);
        }
    }

    private List<LeftBehind> Undo(ImageFolder folder, List<ImageTarget> targets)
    {
        var left = new List<LeftBehind>();
        foreach (var target in targets)
        {
            target.Dispose();
            try
            {
                folder.Remove(ImageName.PartialOf(target.Name));
            }
            catch (SnapshotBackendException error)
            {
                left.Add(ImageRemoval.Left(folder.PathOf(ImageName.PartialOf(target.Name)), error.Message));
            }
        }

        _ = _kernel.Content.Flush(folder.Handle);
        return left;
    }

    private static SnapshotBackendException Unclean(Exception error, List<LeftBehind> left) =>
        new($"{error.Message} What had been made could not be removed: {string.Join(", ", left.Select(static item => item.Id))}.", error)
        {
            RecommendedAction = string.Join(' ', left.Select(static item => item.Remedy)),
        };
}
