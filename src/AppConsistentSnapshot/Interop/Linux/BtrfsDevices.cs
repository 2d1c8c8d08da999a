using System.Runtime.Versioning;
using System.Text;
using Tmds.Linux;

namespace AppConsistentSnapshot.Interop.Linux;

/// <summary>What Btrfs remembers of block devices.</summary>
[SupportedOSPlatform("linux")]
internal static class BtrfsDevices
{
    // linux/btrfs.h: _IOW(BTRFS_IOCTL_MAGIC, 5, struct btrfs_ioctl_vol_args), which is a number of 8 bytes and a name of 4,088.
    private const nuint ForgetDevice = 0x50009405;
    private const int NameOffset = 8;
    private const int ArgumentSize = 4096;

    /// <summary>Makes Btrfs forget what a device held before, where nothing of it is mounted.</summary>
    /// <remarks>
    /// A loop device that was mounted with another Btrfs earlier is remembered by its number (find_fsid_by_device() in fs/btrfs/volumes.c), and
    /// a copy of a mounted Btrfs on it is then refused with EEXIST. What is in use is not forgotten: the kernel answers EBUSY. Kernels before
    /// 5.1 do not know the call, and do not remember by number either.
    /// </remarks>
    public static unsafe void Forget(string device)
    {
        using var control = Libc.Open("/dev/btrfs-control", LibC.O_RDWR, out var errno);
        var name = Encoding.UTF8.GetBytes(device);
        if (control is null || errno != Errno.None || name.Length >= ArgumentSize - NameOffset)
        {
            return;
        }

        var argument = stackalloc byte[ArgumentSize];
        new Span<byte>(argument, ArgumentSize).Clear();
        name.CopyTo(new Span<byte>(argument + NameOffset, name.Length));
        var pointer = (nint)argument;
        _ = Libc.With(control, fd => Libc.Capture(ImageCalls.Control(fd, ForgetDevice, pointer)));
    }
}
