using AppConsistentSnapshot.Diagnostics;
using AppConsistentSnapshot.Interop;
using Microsoft.Extensions.Logging;

namespace AppConsistentSnapshot.Backends.Images;

/// <summary>A mount of an image, and how it is taken away.</summary>
internal sealed class ImageMount
{
    private readonly ImageKernel _kernel;
    private readonly ILogger _logger;
    private ulong _mountId;
    private int _takenAway;

    public ImageMount(ImageKernel kernel, ILogger logger, string snapshotId, string mountPoint, string device)
    {
        _kernel = kernel;
        _logger = logger;
        SnapshotId = snapshotId;
        MountPoint = mountPoint;
        Device = device;
    }

    public string SnapshotId { get; }

    public string MountPoint { get; }

    public string Device { get; }

    /// <summary>Keeps the id of the mount, so that only this one is ever taken away.</summary>
    public void Remember()
    {
        if (_kernel.Files.Facts(MountPoint, out var facts) == Errno.None)
        {
            _mountId = facts.MountId;
        }
    }

    /// <summary>Unmounts. The kernel detaches the loop device with its last use.</summary>
    public void TakeAway()
    {
        if (Interlocked.Exchange(ref _takenAway, 1) != 0)
        {
            return;
        }

        if (_mountId != 0 && _kernel.Files.Facts(MountPoint, out var facts) == Errno.None && facts.MountId != _mountId)
        {
            _logger.MountNotOurs(MountPoint, SnapshotId);
            return;
        }

        var errno = _kernel.Mounts.Unmount(MountPoint, detach: false);
        if (errno == Errno.EBUSY)
        {
            _logger.MountBusy(MountPoint, SnapshotId);
            errno = _kernel.Mounts.Unmount(MountPoint, detach: true);
        }

        if (errno != Errno.None)
        {
            _logger.CannotUnmount(MountPoint, SnapshotId, errno.Describe());
        }
    }
}
