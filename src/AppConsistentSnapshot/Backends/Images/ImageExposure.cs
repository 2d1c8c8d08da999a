using AppConsistentSnapshot.Diagnostics;
using AppConsistentSnapshot.Interop;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace AppConsistentSnapshot.Backends.Images;

/// <summary>
/// Mounts an image read-only. A file system whose journal has to be replayed first cannot be mounted from a device that is read-only
/// itself: then a private clone without a name is, and the image does not change.
/// </summary>
internal sealed class ImageExposure
{
    private readonly ImageKernel _kernel;
    private readonly ImageCatalog _catalog;
    private readonly MountPointCheck _mountPoints;
    private readonly ILogger _logger;

    public ImageExposure(ImageKernel kernel, ImageCatalog catalog, ILogger logger)
    {
        _kernel = kernel;
        _catalog = catalog;
        _mountPoints = new MountPointCheck(kernel.Files);
        _logger = logger;
    }

    public ImageMount Expose(string id, string mountPoint, CancellationToken cancellationToken)
    {
        using var folder = ImageId.OpenFolder(_kernel.Files, id, out var name);
        var manifest = _catalog.Find(folder, name, out var problem) ?? throw ImageId.NotFound(id, problem ?? "there is no manifest of it");
        _mountPoints.Check(mountPoint);
        ImageFailure.Check(_kernel.Files.OpenRead(folder.Handle, name, out var opened), $"Opening '{id}'");
        using var image = opened!;
        RefuseHijack(image, manifest, id);
        cancellationToken.ThrowIfCancellationRequested();
        var exposed = TryMount(image, manifest, id, mountPoint, readOnly: true, out var errno);
        if (exposed is null && errno == Errno.EROFS)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scratch = MakeScratch(folder, image, manifest, cancellationToken);
            exposed = TryMount(scratch, manifest, id, mountPoint, readOnly: false, out errno);
        }

        ImageFailure.Check(errno, $"Mounting '{id}' on '{mountPoint}'");
        if (cancellationToken.IsCancellationRequested)
        {
            exposed!.TakeAway();
            cancellationToken.ThrowIfCancellationRequested();
        }

        _logger.ImageExposed(id, mountPoint, exposed!.Device);
        return exposed;
    }

    private ImageMount? TryMount(SafeFileHandle file, ImageManifest manifest, string id, string mountPoint, bool readOnly, out Errno errno)
    {
        errno = _kernel.Loops.Attach(
            file, new LoopGeometry(manifest.Offset, manifest.Size, manifest.LogicalBlockSize), readOnly, out var attachment);
        if (attachment is null)
        {
            throw new SnapshotBackendException($"Attaching '{id}' to a loop device: {errno.Describe()}.")
            {
                IsTransient = errno is Errno.EAGAIN or Errno.EBUSY,
                Code = ImageFailure.Of(errno, id).Code,
                RecommendedAction = "Make sure that the module 'loop' is there ('modprobe loop'), that the process may use /dev/loop-control, and, where nothing manages /dev, " +
                    "that there are nodes for loop devices ('mknod -m 600 /dev/loop8 b 7 8' and so on).",
            };
        }

        // From here on the mount alone holds the device, and the kernel detaches it after the mount has gone.
        using (attachment)
        {
            foreach (var data in MountData(manifest))
            {
                errno = _kernel.Mounts.Mount(attachment.Device, mountPoint, manifest.FileSystem, data);
                if (errno == Errno.None)
                {
                    return Verify(new ImageMount(_kernel, _logger, id, mountPoint, attachment.Device), manifest, attachment);
                }

                if (errno == Errno.EROFS)
                {
                    break;
                }
            }
        }

        return null;
    }

    /// <summary>Mount options, in the order in which they are tried.</summary>
    private static IReadOnlyList<string?> MountData(ImageManifest manifest)
    {
        var roots = manifest.Volumes.Select(static volume => volume.Root).Distinct(StringComparer.Ordinal).ToList();
        return manifest.FileSystem switch
        {
            // The original with the same id is mounted.
            "xfs" => ["nouuid"],

            // Several subvolumes, or a folder that is none: all of it is shown.
            "btrfs" when roots is [var root] && !root.Contains(',', StringComparison.Ordinal) => [$"subvol={root}", "subvolid=5"],
            "btrfs" => ["subvolid=5"],
            _ => [null],
        };
    }

    /// <summary>The kernel finds the devices of a Btrfs by its id, and a copy has the same one: what was mounted might be the original.</summary>
    private ImageMount Verify(ImageMount exposed, ImageManifest manifest, ILoopAttachment attachment)
    {
        bool isOurs;
        if (manifest.FileSystem == "btrfs")
        {
            isOurs = _kernel.Mounts.ReadBtrfsId(exposed.MountPoint, out var id) == Errno.None &&
                _kernel.Devices.IsBtrfsMounted(id, Path.GetFileName(attachment.Device));
        }
        else
        {
            isOurs = _kernel.Files.Facts(exposed.MountPoint, out var facts) == Errno.None && facts.DeviceNumber == attachment.DeviceNumber;
        }

        if (isOurs)
        {
            exposed.Remember();
            return exposed;
        }

        exposed.TakeAway();
        throw ImageFailure.Refuse(
            $"What the kernel mounted on '{exposed.MountPoint}' is not the snapshot '{exposed.SnapshotId}'; it was unmounted again.",
            "Mount the image on a host where the original file system is not mounted.");
    }

    private void RefuseHijack(SafeFileHandle image, ImageManifest manifest, string id)
    {
        if (manifest.FileSystem != "btrfs" || _kernel.Devices.SeparatesBtrfsCopies)
        {
            return;
        }

        var fsid = BtrfsHeader.ReadId(_kernel.Content, image, manifest.Offset);
        if (_kernel.Devices.IsBtrfsMounted(fsid))
        {
            throw ImageFailure.Refuse(
                $"The Btrfs {fsid} is mounted on this host, and this kernel cannot tell its copy '{id}' from it (Linux 6.7 and later can).",
                "Mount the image on another host, or unmount the original first.");
        }
    }

    private SafeFileHandle MakeScratch(ImageFolder folder, SafeFileHandle image, ImageManifest manifest, CancellationToken cancellationToken)
    {
        var name = $".{manifest.Name}.{Guid.NewGuid():N}.scratch";
        var scratch = folder.Create(name);
        try
        {
            // It needs no name: whatever happens from here on, nothing is left of it.
            folder.Remove(name);
            _ = _kernel.Content.CopyCowAttribute(image, scratch);
            if (_kernel.Content.Clone(image, scratch) != Errno.None)
            {
                ImageFailure.Check(_kernel.Content.SetLength(scratch, manifest.Length), "Making a private copy of the image to replay its journal");
                var range = new ByteRange(manifest.Offset, Math.Min(manifest.Offset + manifest.Size, manifest.Length));
                _ = new SparseCopy(_kernel.Content, inKernel: true).Copy(image, scratch, range, long.MaxValue, null, cancellationToken);
            }

            return scratch;
        }
        catch
        {
            scratch.Dispose();
            throw;
        }
    }
}
