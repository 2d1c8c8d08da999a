using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace AppConsistentSnapshot.Interop.Linux;

/// <summary>A folder of journals, held open.</summary>
[SupportedOSPlatform("linux")]
internal sealed class LinuxJournalFolder : IJournalFolder
{
    private const uint OwnerOnly = 0x180; // 0600
    private const int LongestFile = 16 * 1024 * 1024;

    private readonly SafeFileHandle _handle;

    public LinuxJournalFolder(string path, SafeFileHandle handle, bool isInMemory)
    {
        Path = path;
        _handle = handle;
        IsInMemory = isInMemory;
    }

    public string Path { get; }

    public bool IsInMemory { get; }

    public Errno List(out IReadOnlyList<string> names) => new LinuxImageFiles().List(_handle, out names);

    public Errno Read(string name, out byte[] content)
    {
        content = [];
        var errno = OpenAt(name, LibC.O_RDONLY | LibC.O_NONBLOCK, out var file);
        using (file)
        {
            if (file is not null)
            {
                (errno, content) = ReadAll(file);
            }
        }

        return errno;
    }

    public Errno Create(string name, int room, out IJournalFile? file)
    {
        file = null;
        var errno = OpenAt(name, LibC.O_WRONLY | LibC.O_APPEND | LibC.O_CREAT | LibC.O_EXCL, out var handle);
        if (handle is null)
        {
            return errno;
        }

        // What has its room now cannot fail for want of it later, when an application is quiesced already.
        errno = Libc.Retry(() => Libc.With(handle, fd => Libc.Capture(ImageCalls.Allocate(fd, JournalCalls.KeepSize, 0, room))));
        errno = errno is Errno.EOPNOTSUPP or Errno.ENOSYS ? Errno.None : errno;
        errno = errno == Errno.None ? SyncFolder() : errno;
        if (errno != Errno.None)
        {
            handle.Dispose();
            _ = Remove(name);
            return errno;
        }

        file = new LinuxJournalFile(handle);
        return Errno.None;
    }

    public Errno Open(string name, out IJournalFile? file)
    {
        var errno = OpenAt(name, LibC.O_WRONLY | LibC.O_APPEND | LibC.O_NONBLOCK, out var handle);
        file = handle is null ? null : new LinuxJournalFile(handle);
        return errno;
    }

    public Errno Remove(string name)
    {
        var errno = Libc.With(_handle, fd => Libc.Capture(ImageCalls.UnlinkAt(fd, name, 0)));
        return errno == Errno.None ? SyncFolder() : errno;
    }

    public Errno Lock(string name, out IFileLock? held)
    {
        held = null;
        var errno = OpenAt(name, LibC.O_RDWR | LibC.O_CREAT | LibC.O_NONBLOCK, out var handle);
        if (handle is null)
        {
            return errno;
        }

        errno = Libc.Retry(() => Libc.With(handle, static fd => Libc.Capture(JournalCalls.Lock(fd, JournalCalls.LockExclusive | JournalCalls.LockNonBlocking))));
        if (errno == Errno.None)
        {
            held = new LinuxFileLock(handle);
        }
        else
        {
            handle.Dispose();
        }

        return errno;
    }

    public void Dispose() => _handle.Dispose();

    private static (Errno Errno, byte[] Content) ReadAll(SafeFileHandle file)
    {
        var content = new MemoryStream();
        Span<byte> buffer = stackalloc byte[8192];
        while (content.Length < LongestFile)
        {
            var count = ProcessCalls.Read(file, buffer, out var errno);
            if (errno != Errno.None)
            {
                return (errno, []);
            }

            if (count == 0)
            {
                break;
            }

            content.Write(buffer[..count]);
        }

        return (Errno.None, content.ToArray());
    }

    private Errno SyncFolder() => Libc.Retry(() => Libc.With(_handle, static fd => Libc.Capture(ImageCalls.Sync(fd))));

    private Errno OpenAt(string name, int flags, out SafeFileHandle? file)
    {
        (var errno, file) = Libc.With(_handle, folder =>
        {
            int fd;
            Errno result;
            do
            {
                fd = ImageCalls.OpenAt(folder, name, flags | LibC.O_NOFOLLOW | LibC.O_CLOEXEC, OwnerOnly);
                result = Libc.Capture(fd);
            }
            while (result == Errno.EINTR);
            return (result, fd < 0 ? null : new SafeFileHandle(fd, ownsHandle: true));
        });
        return errno;
    }
}
