using AppConsistentSnapshot.Freezing;
using AppConsistentSnapshot.Interop;
using AppConsistentSnapshot.Journals;

namespace AppConsistentSnapshot.Recovery;

// The promise of this class
// -------------------------
// - FITHAW is called only for the very file system that the journal names, at its place, and never while a device below it is suspended:
//   LVM's own freeze would be undone, and the volume damaged for good.
// - It does not probe by FIFREEZE: that would freeze, and write out, a file system that everybody uses again.

/// <summary>FITHAW on behalf of a run that died.</summary>
internal sealed class MountThaw : IMountThaw
{
    private readonly IMountSystem _mounts;
    private readonly IFreezeSystemCalls _kernel;
    private readonly ISuspendedDevices _suspended;

    public MountThaw(IMountSystem mounts, IFreezeSystemCalls kernel, ISuspendedDevices suspended)
    {
        _mounts = mounts;
        _kernel = kernel;
        _suspended = suspended;
    }

    public async Task<MountThawResult> ThawAsync(JournalMount mount, TimeSpan limit, TimeProvider timeProvider)
    {
        // A path may lead through a dead network mount, and FITHAW may wait for a freeze that is under way: neither can be interrupted.
        var thaw = DedicatedThread.RunAsync("recover thaw", () => Thaw(mount));
        try
        {
            return await thaw.WaitAsync(limit, timeProvider).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return new MountThawResult(MountThawStatus.Blocked, "the kernel did not answer in time");
        }
    }

    private MountThawResult Thaw(JournalMount mount)
    {
        MountedFileSystem? fileSystem;
        try
        {
            fileSystem = MountTable.Parse(_mounts.ReadMountTable()).Find(mount.Path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new MountThawResult(MountThawStatus.Failed, $"the mount table cannot be read: {error.Message}");
        }

        if (fileSystem is null || fileSystem.MountPoint != mount.Path || fileSystem.DeviceNumber != mount.Device)
        {
            return new MountThawResult(MountThawStatus.NotThere, $"device {mount.Device} is not mounted on '{mount.Path}' any more");
        }

        using var folder = _mounts.OpenFolder(fileSystem.MountPoint, out var errno);
        if (folder is null)
        {
            return new MountThawResult(MountThawStatus.Failed, $"it cannot be opened: {errno.Describe()}");
        }

        if (_mounts.FindMountId(folder) != fileSystem.MountId)
        {
            return new MountThawResult(MountThawStatus.NotThere, "it was unmounted or covered meanwhile");
        }

        // Last of all, so that as little time as possible lies between.
        if (_suspended.Find(fileSystem.DeviceNumber, fileSystem.Source) is { } device)
        {
            return new MountThawResult(MountThawStatus.Suspended, $"the device '{device}' below it is suspended");
        }

        return _kernel.Thaw(folder) switch
        {
            Errno.None => new MountThawResult(MountThawStatus.Thawed),
            Errno.EINVAL => new MountThawResult(MountThawStatus.WasNotFrozen),
            var refusal => new MountThawResult(MountThawStatus.Failed, refusal.Describe()),
        };
    }
}
