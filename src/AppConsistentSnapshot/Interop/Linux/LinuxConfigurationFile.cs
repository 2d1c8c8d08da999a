using System.Buffers;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace AppConsistentSnapshot.Interop.Linux;

/// <summary>Reads configuration files by descriptor, so that what was looked at is what is read.</summary>
[SupportedOSPlatform("linux")]
internal sealed class LinuxConfigurationFile : IConfigurationFile
{
    private const Errno NameTooLong = (Errno)36;

    public LinuxConfigurationFile() => Libc.Require("Reading plans");

    public ConfigurationFileContent Read(string path, int limit)
    {
        // O_PATH opens without the side effects of opening (open(2)): it neither waits for a writer nor wakes a device.
        // Links are followed: that the path is one is for the guard to say, who then knows what the plan wanted.
        using var located = Libc.Open(path, LibC.O_PATH, out var errno);
        if (located is null)
        {
            var absent = errno is Errno.ENOENT or Errno.ENOTDIR or Errno.ELOOP or NameTooLong;
            return new() { Status = absent ? ConfigurationFileStatus.NotFound : ConfigurationFileStatus.Failed, Errno = errno };
        }

        errno = Inspect(located, out var kind);
        if (errno != Errno.None || kind is not null)
        {
            var status = errno == Errno.None ? ConfigurationFileStatus.NotRegular : ConfigurationFileStatus.Failed;
            return new() { Status = status, Errno = errno, Kind = kind };
        }

        return Libc.With(located, fd => ReadLocated(fd, limit));
    }

    private static ConfigurationFileContent ReadLocated(int located, int limit)
    {
        // The only way from an O_PATH descriptor to one that reads; the path itself may be something else by now.
        using var file = Libc.Open($"/proc/self/fd/{located}", LibC.O_RDONLY | LibC.O_NONBLOCK | LibC.O_NOCTTY, out var errno);
        return file is null ? new() { Status = ConfigurationFileStatus.Failed, Errno = errno } : ReadAll(file, limit);
    }

    private static unsafe Errno Inspect(SafeFileHandle file, out string? kind)
    {
        stat status;
        var address = (nint)(&status);
        var errno = Libc.With(file, fd => Libc.Capture(LibC.fstat(fd, (stat*)address)));
        kind = errno != Errno.None ? null : (status.st_mode & LibC.S_IFMT) switch
        {
            var type when type == LibC.S_IFREG => null,
            var type when type == LibC.S_IFDIR => "a folder",
            var type when type == LibC.S_IFIFO => "a named pipe",
            var type when type == LibC.S_IFSOCK => "a socket",
            _ => "a device",
        };
        return errno;
    }

    private static ConfigurationFileContent ReadAll(SafeFileHandle file, int limit)
    {
        // Not the size of fstat: it is 0 for files that the kernel makes up, and a file may grow meanwhile.
        var content = new ArrayBufferWriter<byte>();
        while (content.WrittenCount <= limit)
        {
            var errno = ReadSome(file, content.GetSpan(16 * 1024), out var count);
            if (errno != Errno.None)
            {
                return new() { Status = ConfigurationFileStatus.Failed, Errno = errno };
            }

            if (count == 0)
            {
                return new() { Status = ConfigurationFileStatus.Read, Bytes = content.WrittenMemory };
            }

            content.Advance(count);
        }

        return new() { Status = ConfigurationFileStatus.TooLarge, Bytes = content.WrittenMemory[..limit] };
    }

    private static unsafe Errno ReadSome(SafeFileHandle file, Span<byte> buffer, out int count)
    {
        nint read = 0;
        var length = buffer.Length;
        Errno errno;
        fixed (byte* pointer = buffer)
        {
            var address = (nint)pointer;
            errno = Libc.Retry(() => Libc.With(file, fd => Libc.Capture(read = (nint)LibC.read(fd, (void*)address, length))));
        }

        count = (int)read;
        return errno;
    }
}
