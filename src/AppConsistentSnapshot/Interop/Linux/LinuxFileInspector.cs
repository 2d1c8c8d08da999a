using System.Buffers;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace AppConsistentSnapshot.Interop.Linux;

/// <inheritdoc cref="IFileInspector"/>
[SupportedOSPlatform("linux")]
internal sealed unsafe class LinuxFileInspector : IFileInspector
{
    private const int LongestPath = 4096;

    // XATTR_SIZE_MAX of linux/limits.h.
    private const int LargestAttribute = 65536;
    private const uint BasicStatistics = 0x7ff;
    private const uint MountIdStatistic = 0x1000;
    private const long FuseMagic = 0x65735546;
    private const long ProcMagic = 0x9fa0;

    public LinuxFileInspector() => Libc.Require("Checking permissions");

    public SafeHandle? OpenRoot(out Errno errno) => Libc.Open("/", LibC.O_PATH | LibC.O_DIRECTORY, out errno);

    // O_DIRECTORY, or an automount point would be opened untriggered: open(2), O_PATH.
    public SafeHandle? OpenFolder(SafeHandle folder, ReadOnlySpan<byte> name, out Errno errno) =>
        OpenAt(folder, name, LibC.O_DIRECTORY, out errno);

    public SafeHandle? OpenEntry(SafeHandle folder, ReadOnlySpan<byte> name, out Errno errno) => OpenAt(folder, name, 0, out errno);

    public Errno Stat(SafeHandle entry, out FileStatus status)
    {
        status = default;
        var errno = Statx(entry, BasicStatistics, out var buffer);
        if (errno != Errno.None)
        {
            return errno;
        }

        if ((buffer.Mask & BasicStatistics) != BasicStatistics)
        {
            return Errno.EOPNOTSUPP;
        }

        var identity = new FileIdentity(
            ((ulong)buffer.DeviceMajor << 32) | buffer.DeviceMinor,
            buffer.Inode,
            buffer.Size,
            new FileTime(buffer.ModifiedSeconds, buffer.ModifiedNanoseconds),
            new FileTime(buffer.ChangedSeconds, buffer.ChangedNanoseconds));
        status = new FileStatus(Kind(buffer.Mode), buffer.Mode & 0xfff, buffer.Owner, identity);
        return Errno.None;
    }

    public Errno ReadLink(SafeHandle link, out byte[] target)
    {
        // One byte more than a target can have, so that a cut one is not taken for a whole one.
        var buffer = stackalloc byte[LongestPath + 1];
        byte empty = 0;
        var length = FileCalls.ReadLinkAt(link, &empty, buffer, LongestPath + 1);
        var errno = Libc.Capture(length);
        target = errno == Errno.None ? new ReadOnlySpan<byte>(buffer, (int)length).ToArray() : [];
        return length > LongestPath ? Errno.ENAMETOOLONG : errno;
    }

    public Errno ReadAccessAcl(SafeHandle entry, out byte[] acl)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(LargestAttribute);
        try
        {
            var (length, errno) = Libc.With(entry, fd =>
            {
                // fgetxattr(2) refuses an O_PATH descriptor; the link in /proc leads to the same inode.
                fixed (byte* path = Encoding.UTF8.GetBytes($"/proc/self/fd/{fd}\0"), name = "system.posix_acl_access"u8, pointer = buffer)
                {
                    var result = FileCalls.GetXattr(path, name, pointer, LargestAttribute);
                    return ((int)result, Libc.Capture(result));
                }
            });
            acl = errno == Errno.None ? buffer.AsSpan(0, length).ToArray() : [];
            return errno is Errno.ENODATA or Errno.EOPNOTSUPP ? Errno.None : errno;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public Errno StatFileSystem(SafeHandle entry, out FileSystemFacts facts)
    {
        facts = default;
        StatfsBuffer buffer;
        Errno errno;
        do
        {
            errno = Libc.Capture(FileCalls.Fstatfs(entry, &buffer));
        }
        while (errno == Errno.EINTR);
        if (errno != Errno.None)
        {
            return errno;
        }

        uint? fuseOwner = null;
        if (buffer.Type == FuseMagic)
        {
            errno = Statx(entry, MountIdStatistic, out var statistics);
            fuseOwner = FuseMounts.OwnerOf(statistics.MountId);
        }

        facts = new FileSystemFacts((buffer.Flags & LibC.ST_NOEXEC) != 0, fuseOwner, buffer.Type == ProcMagic);
        return errno;
    }

    public SafeHandle? OpenForReading(SafeHandle entry, out Errno errno)
    {
        var (file, result) = Libc.With(entry, static fd =>
        {
            // O_NONBLOCK: a file under a lease answers instead of waiting. Other kinds of files never come here.
            var opened = Libc.Open($"/proc/self/fd/{fd}", LibC.O_RDONLY | LibC.O_NONBLOCK | LibC.O_NOCTTY, out var error);
            return (opened, error);
        });
        errno = result;
        return file;
    }

    public Errno Read(SafeHandle file, long offset, Span<byte> buffer, out int count)
    {
        nint result;
        Errno errno;
        fixed (byte* pointer = buffer)
        {
            do
            {
                result = FileCalls.Pread(file, pointer, (nuint)buffer.Length, offset);
                errno = Libc.Capture(result);
            }
            while (errno == Errno.EINTR);
        }

        count = errno == Errno.None ? (int)result : 0;
        return errno;
    }

    private static SafeFileHandle? OpenAt(SafeHandle folder, ReadOnlySpan<byte> name, int flags, out Errno errno)
    {
        Span<byte> terminated = stackalloc byte[256];
        if (name.Length >= terminated.Length)
        {
            errno = Errno.ENAMETOOLONG;
            return null;
        }

        name.CopyTo(terminated);
        terminated[name.Length] = 0;
        int fd;
        fixed (byte* pointer = terminated)
        {
            do
            {
                fd = FileCalls.OpenAt(folder, pointer, LibC.O_PATH | LibC.O_NOFOLLOW | LibC.O_CLOEXEC | flags);
                errno = Libc.Capture(fd);
            }
            while (errno == Errno.EINTR);
        }

        return fd < 0 ? null : new SafeFileHandle(fd, ownsHandle: true);
    }

    private static Errno Statx(SafeHandle entry, uint mask, out StatxBuffer buffer)
    {
        byte empty = 0;
        Errno errno;
        fixed (StatxBuffer* pointer = &buffer)
        {
            *pointer = default;
            do
            {
                errno = Libc.Capture(FileCalls.Statx(entry, &empty, LibC.AT_EMPTY_PATH | LibC.AT_SYMLINK_NOFOLLOW, mask, pointer));
            }
            while (errno == Errno.EINTR);
        }

        return errno;
    }

    // The values of S_IFMT are those of POSIX's traditional encoding on every Linux (linux/stat.h).
    private static FileKind Kind(ushort mode) => (mode & 0xf000) switch
    {
        0x8000 => FileKind.Regular,
        0x4000 => FileKind.Folder,
        0xa000 => FileKind.Link,
        0x1000 => FileKind.Fifo,
        0xc000 => FileKind.Socket,
        0x2000 => FileKind.CharacterDevice,
        0x6000 => FileKind.BlockDevice,
        _ => FileKind.Unknown,
    };
}
