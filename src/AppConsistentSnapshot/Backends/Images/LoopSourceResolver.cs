using AppConsistentSnapshot.Freezing;
using AppConsistentSnapshot.Interop;
using Microsoft.Win32.SafeHandles;

namespace AppConsistentSnapshot.Backends.Images;

/// <summary>Finds the file behind a mounted file system, and makes sure that it is the one that the kernel writes to.</summary>
internal sealed class LoopSourceResolver
{
    private static readonly string[] ExternalDevices = ["logdev=", "rtdev=", "journal_dev=", "journal_path="];
    private readonly ImageKernel _kernel;

    public LoopSourceResolver(ImageKernel kernel) => _kernel = kernel;

    /// <exception cref="SnapshotBackendException">It is on no loop device, or the file cannot be told for sure.</exception>
    public LoopSource Resolve(MountedFileSystem volume)
    {
        var device = FindDevice(volume);
        RefuseSeveralDevices(volume, device);
        var loop = "/dev/" + device.WholeName;
        ImageFailure.Check(_kernel.Loops.ReadStatus(loop, out var status), $"Asking {loop} for its backing file", volume.MountPoint);
        var path = device.BackingFile ?? throw Unreachable(volume, loop, "the kernel does not name it");
        var errno = _kernel.Files.OpenRead(path, out var file);
        if (file is null)
        {
            throw Unreachable(volume, loop, $"'{path}': {errno.Describe()}");
        }

        try
        {
            return Describe(volume, device, loop, status, path, file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private LoopSource Describe(
        MountedFileSystem volume, SourceDevice device, string loop, LoopStatus status, string path, SafeFileHandle file)
    {
        ImageFailure.Check(_kernel.Files.Facts(file, out var facts), $"Looking at '{path}'", volume.MountPoint);
        if (facts.Kind != FileKind.Regular)
        {
            throw Unreachable(volume, loop, $"'{path}' is no regular file");
        }

        if (facts.Inode != status.BackingInode || facts.DeviceNumber != status.BackingDeviceNumber)
        {
            throw Unreachable(volume, loop, $"'{path}' is another file now");
        }

        return new LoopSource
        {
            Handle = file,
            BackingFile = path,
            BackingLength = facts.Length,
            Device = device,
            Geometry = new LoopGeometry(status.Offset + device.Start, device.Size, device.LogicalBlockSize),
            PhysicalDisks = _kernel.Devices.FindDisks(file),
        };
    }

    private SourceDevice FindDevice(MountedFileSystem volume)
    {
        // Btrfs has a device number that no block device has; the device is the mount's source.
        var number = volume.DeviceNumber.StartsWith("0:", StringComparison.Ordinal) && volume.FileSystemType == "btrfs"
            ? _kernel.Devices.FindNumber(volume.Source)
            : volume.DeviceNumber;
        var device = number is null ? null : _kernel.Devices.Find(number);
        if (device is null)
        {
            throw ImageFailure.Refuse(
                $"'{volume.MountPoint}' ({volume.FileSystemType} from '{volume.Source}') lies on no block device of this host.",
                "Leave this mount out, or use a backend that knows what holds it.", volume.MountPoint);
        }

        return device.WholeName.StartsWith("loop", StringComparison.Ordinal) ? device : throw NoLoop(volume, device);
    }

    private void RefuseSeveralDevices(MountedFileSystem volume, SourceDevice device)
    {
        if (volume.FileSystemType == "btrfs")
        {
            var members = _kernel.Devices.FindBtrfsMembers(device.Name);
            if (members.Count != 1)
            {
                throw ImageFailure.Refuse(
                    $"'{volume.MountPoint}' is a Btrfs of {members.Count} devices ({string.Join(", ", members)}); an image holds one.",
                    "Use the backend 'btrfs', which snapshots a Btrfs from within.", volume.MountPoint);
            }
        }

        var options = volume.SuperOptions.Split(',');
        if (Array.Find(options, static option => ExternalDevices.Any(name => option.StartsWith(name, StringComparison.Ordinal))) is { } external)
        {
            throw ImageFailure.Refuse(
                $"'{volume.MountPoint}' keeps part of itself on another device ({external}); an image would not hold it.",
                "Use a backend that cuts both devices, or move the journal into the file system.", volume.MountPoint);
        }
    }

    private static SnapshotBackendException NoLoop(MountedFileSystem volume, SourceDevice device)
    {
        var isMapped = device.WholeName.StartsWith("dm-", StringComparison.Ordinal);
        var other = isMapped ? "Use the backend 'lvm'" : volume.FileSystemType == "btrfs" ? "Use the backend 'btrfs'" : "Use the backend of what holds this disk, such as 'azure'";
        return ImageFailure.Refuse(
            $"'{volume.MountPoint}' lies on {device.Name}{(isMapped ? " (device mapper)" : "")}, which is no loop device: there is no file to copy.",
            $"{other}, or move the file system to LVM or Btrfs.", volume.MountPoint);
    }

    private static SnapshotBackendException Unreachable(MountedFileSystem volume, string loop, string why) => ImageFailure.Refuse(
        $"The file behind {loop}, which '{volume.MountPoint}' is mounted from, cannot be reached: {why}.",
        "Make the file reachable by the path that 'losetup' shows, from the mount namespace of this process; a deleted file has to be copied back first.",
        volume.MountPoint);
}
