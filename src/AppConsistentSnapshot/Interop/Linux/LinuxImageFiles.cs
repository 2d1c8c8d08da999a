using System.Globalization;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace AppConsistentSnapshot.Interop.Linux;

/// <summary>Every name is used relative to an open folder, so that nobody can swap a folder between two calls.</summary>
[SupportedOSPlatform("linux")]
internal sealed class LinuxImageFiles : IImageFiles
{
    private const uint OwnerOnly = 0x180; // 0600
    private const uint NoReplace = 1;

    public LinuxImageFiles() => Libc.Require("The disk image backend");

    public uint EffectiveUser => ImageCalls.GetEffectiveUser();

    public Errno Facts(string path, out FileFacts facts) => Statx.Read(ImageCalls.AtCurrentFolder, path, 0, out facts);

    public Errno Facts(SafeFileHandle file, out FileFacts facts)
    {
        (var errno, facts) = Libc.With(file, static fd => (Statx.Read(fd, "", Statx.EmptyPath, out var found), found));
        return errno;
    }

    public Errno Facts(SafeFileHandle folder, string name, out FileFacts facts)
    {
        (var errno, facts) = Libc.With(folder, fd => (Statx.Read(fd, name, 0, out var found), found));
        return errno;
    }

    public Errno OpenFolder(string path, out SafeFileHandle? folder, out string realPath)
    {
        var errno = Open(ImageCalls.AtCurrentFolder, path, LibC.O_RDONLY | LibC.O_DIRECTORY, 0, out folder);
        realPath = folder is null ? path : Libc.With(folder, static fd => FindPath(fd)) ?? path;
        return errno;
    }

    public Errno OpenRead(string path, out SafeFileHandle? file) =>
        Open(ImageCalls.AtCurrentFolder, path, LibC.O_RDONLY | LibC.O_NONBLOCK, 0, out file);

    public Errno OpenRead(SafeFileHandle folder, string name, out SafeFileHandle? file)
    {
        (var errno, file) = Libc.With(folder, fd => (Open(fd, name, LibC.O_RDONLY | LibC.O_NONBLOCK, 0, out var opened), opened));
        return errno;
    }

    public Errno Create(SafeFileHandle folder, string name, out SafeFileHandle? file)
    {
        (var errno, file) = Libc.With(
            folder, fd => (Open(fd, name, LibC.O_RDWR | LibC.O_CREAT | LibC.O_EXCL, OwnerOnly, out var opened), opened));
        return errno;
    }

    public Errno Rename(SafeFileHandle folder, string from, string to, bool replace) =>
        Libc.With(folder, fd => Libc.Capture(ImageCalls.RenameAt(fd, from, fd, to, replace ? 0 : NoReplace)));

    public Errno Remove(SafeFileHandle folder, string name) =>
        Libc.With(folder, fd => Libc.Capture(ImageCalls.UnlinkAt(fd, name, 0)));

    public Errno List(SafeFileHandle folder, out IReadOnlyList<string> names)
    {
        try
        {
            names = Libc.With(folder, static fd => Directory.GetFileSystemEntries(Magic(fd)).Select(path => Path.GetFileName(path)).ToList());
            return Errno.None;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            names = [];
            return error is UnauthorizedAccessException ? Errno.EACCES : Errno.EIO;
        }
    }

    public unsafe Errno FindFreeBytes(SafeFileHandle folder, out long bytes)
    {
        (var errno, bytes) = Libc.With(folder, static fd =>
        {
            // struct statvfs of 64-bit glibc: f_frsize and f_bavail are the second and the fifth of its 14 words.
            var answer = stackalloc ulong[14];
            var result = Libc.Capture(ImageCalls.StatFileSystem(fd, answer));
            return (result, result == Errno.None ? (long)Math.Min(answer[1] * answer[4], long.MaxValue) : 0);
        });
        return errno;
    }

    private static Errno Open(int folder, string path, int flags, uint mode, out SafeFileHandle? file)
    {
        int fd;
        Errno errno;
        do
        {
            fd = ImageCalls.OpenAt(folder, path, flags | LibC.O_NOFOLLOW | LibC.O_CLOEXEC, mode);
            errno = Libc.Capture(fd);
        }
        while (errno == Errno.EINTR);
        file = fd < 0 ? null : new SafeFileHandle(fd, ownsHandle: true);
        return errno;
    }

    private static string? FindPath(int fd) => File.ResolveLinkTarget(Magic(fd), returnFinalTarget: false)?.FullName;

    private static string Magic(int fd) => string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{fd}");
}
