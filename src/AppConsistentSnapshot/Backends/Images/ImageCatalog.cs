using AppConsistentSnapshot.Diagnostics;
using AppConsistentSnapshot.Interop;
using Microsoft.Extensions.Logging;

namespace AppConsistentSnapshot.Backends.Images;

/// <summary>The images that are there: found by their manifests, and deleted.</summary>
internal sealed class ImageCatalog
{
    private readonly ImageKernel _kernel;
    private readonly ImageManifestStore _manifests;
    private readonly ILogger _logger;

    public ImageCatalog(ImageKernel kernel, ImageManifestStore manifests, ILogger logger)
    {
        _kernel = kernel;
        _manifests = manifests;
        _logger = logger;
    }

    public IReadOnlyList<BackendSnapshot> List(string path, CancellationToken cancellationToken)
    {
        using var folder = ImageFolder.Open(_kernel.Files, path);
        ImageFailure.Check(_kernel.Files.List(folder.Handle, out var names), $"Listing '{folder.Path}'");
        var found = new List<BackendSnapshot>();
        foreach (var name in names.Where(static name => name.EndsWith(ImageName.ManifestExtension, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            string? problem = "its name is not one of this backend's";
            if (ImageName.FromManifest(name) is { } image && Find(folder, image, out problem) is { } manifest)
            {
                found.Add(ImageSnapshots.Of(folder, manifest));
            }
            else
            {
                _logger.ImageSkipped(folder.PathOf(name), problem ?? "it has gone");
            }
        }

        return found;
    }

    /// <summary>The manifest of an image that is there as a whole, or null and why.</summary>
    public ImageManifest? Find(ImageFolder folder, string image, out string? problem)
    {
        var manifest = _manifests.Read(folder, image, out problem);
        if (manifest is null)
        {
            return null;
        }

        problem = folder.Find(image) is not { } facts ? "the image is missing"
            : facts.Kind != FileKind.Regular ? "the image is no regular file"
            : facts.Length != manifest.Length ? $"the image has {facts.Length} bytes, and its manifest says {manifest.Length}"
            : null;
        return problem is null ? manifest : null;
    }

    public void Delete(string id)
    {
        using var folder = ImageId.OpenFolder(_kernel.Files, id, out var image);
        var manifest = _manifests.Read(folder, image, out var problem);
        if (manifest is null)
        {
            throw ImageId.NotFound(id, problem is null ? "there is no manifest of it" : $"its manifest cannot be relied on: {problem}");
        }

        // The image first: where that fails, its manifest is still there to try again.
        if (folder.Find(image) is { } facts)
        {
            if (facts.Kind != FileKind.Regular)
            {
                throw ImageId.NotFound(id, "it is no regular file");
            }

            RefuseInUse(id, facts);
            folder.Remove(image);
        }

        folder.Remove(ImageName.ManifestOf(image));
        ImageFailure.Check(_kernel.Content.Flush(folder.Handle), $"Flushing the folder '{folder.Path}'");
        _logger.ImageDeleted(id);
    }

    private void RefuseInUse(string id, FileFacts image)
    {
        foreach (var loop in _kernel.Loops.ListAttached())
        {
            if (_kernel.Loops.ReadStatus(loop, out var status) == Errno.None &&
                status.BackingInode == image.Inode && status.BackingDeviceNumber == image.DeviceNumber)
            {
                var mountPoints = _kernel.Mounts.FindMountPoints(loop);
                var use = mountPoints.Count == 0 ? $"attached to {loop}" : $"mounted on '{string.Join("', '", mountPoints)}' from {loop}";
                var mend = mountPoints.Count == 0 ? $"losetup --detach {loop}" : string.Join(" && ", mountPoints.Select(static point => $"umount '{point}'"));
                throw ImageFailure.Refuse($"The snapshot '{id}' is in use: it is {use}.", $"Run '{mend}', then delete it again.");
            }
        }
    }
}
