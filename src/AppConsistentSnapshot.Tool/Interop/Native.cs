using System.Runtime.InteropServices;

namespace AppConsistentSnapshot.Tool.Interop;

/// <summary>The few system calls that .NET does not offer. Their arguments are the same on every Linux.</summary>
internal static partial class Native
{
    // statx(2): the layout of its result is fixed, unlike that of stat(2).
    private const int CurrentFolder = -100;
    private const int SymlinkNoFollow = 0x100;
    private const uint TypeMask = 0x1;
    private const int StatxSize = 256;
    private const int ModeOffset = 28;
    private const int TypeBits = 0xF000;

    // ioctl(2): TIOCGWINSZ on x64 and arm64; it fills four 16-bit numbers, rows and columns first.
    private const ulong GetWindowSize = 0x5413;

    // fcntl(2): F_GETFD and FD_CLOEXEC
    private const int GetDescriptorFlags = 1;
    private const int CloseOnExec = 1;

    // errno(3) and poll(2): POLLOUT
    private const int Interrupted = 4;
    private const int TryAgain = 11;
    private const short Writable = 4;

    // open(2): O_RDONLY | O_CLOEXEC
    private const int ReadOnlyCloseOnExec = 0x80000;

    /// <summary>Says what is at a path, without following a link or opening anything.</summary>
    public static FileKind KindOf(string path) => OperatingSystem.IsLinux() ? KindOnLinux(path) : KindElsewhere(path);

    /// <summary>Makes the names in a folder durable. Gives false where that did not work (some file systems cannot).</summary>
    public static bool FlushFolder(string path)
    {
        var descriptor = OperatingSystem.IsLinux() ? Open(path, ReadOnlyCloseOnExec) : -1;
        if (descriptor < 0)
        {
            return false;
        }

        var flushed = Fsync(descriptor) == 0;
        return Close(descriptor) == 0 && flushed;
    }

    /// <summary>Gives the size of the terminal behind a descriptor; zeros where there is none.</summary>
    public static unsafe (int Columns, int Rows) TerminalSize(int descriptor)
    {
        var size = stackalloc ushort[4];
        return OperatingSystem.IsLinux() && Ioctl(descriptor, GetWindowSize, size) == 0 ? (size[1], size[0]) : (0, 0);
    }

    /// <summary>Says whether a descriptor came from whoever started this process. One that is closed on exec cannot have.</summary>
    public static bool IsInherited(int descriptor)
    {
        var flags = Fcntl(descriptor, GetDescriptorFlags);
        return flags >= 0 && (flags & CloseOnExec) == 0;
    }

    /// <summary>Writes all bytes, however long that takes.</summary>
    /// <exception cref="IOException">The kernel refused.</exception>
    public static unsafe void WriteAll(int descriptor, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* pointer = bytes)
        {
            var written = 0;
            while (written < bytes.Length)
            {
                var result = Write(descriptor, pointer + written, (nuint)(bytes.Length - written));
                var errno = result < 0 ? Marshal.GetLastPInvokeError() : 0;
                if (result >= 0)
                {
                    written += (int)result;
                }
                else if (errno == TryAgain)
                {
                    // Somebody else has made the terminal or pipe non-blocking.
                    var wait = new PollRequest { Descriptor = descriptor, Events = Writable };
                    _ = Poll(&wait, 1, -1);
                }
                else if (errno != Interrupted)
                {
                    throw new IOException(Marshal.GetPInvokeErrorMessage(errno));
                }
            }
        }
    }

    private static FileKind KindElsewhere(string path)
    {
        if (new FileInfo(path).LinkTarget is not null)
        {
            return FileKind.Link;
        }

        return Directory.Exists(path) ? FileKind.Folder : File.Exists(path) ? FileKind.Regular : FileKind.Missing;
    }

    private static unsafe FileKind KindOnLinux(string path)
    {
        var buffer = stackalloc byte[StatxSize];
        if (Statx(CurrentFolder, path, SymlinkNoFollow, TypeMask, buffer) != 0)
        {
            return FileKind.Missing;
        }

        return (*(ushort*)(buffer + ModeOffset) & TypeBits) switch
        {
            0x8000 => FileKind.Regular,
            0x4000 => FileKind.Folder,
            0xA000 => FileKind.Link,
            _ => FileKind.Other,
        };
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial int Statx(int folder, string path, int flags, uint mask, byte* buffer);

    [LibraryImport("libc", EntryPoint = "ioctl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial int Ioctl(int descriptor, ulong request, ushort* result);

    [LibraryImport("libc", EntryPoint = "fcntl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Fcntl(int descriptor, int command);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial nint Write(int descriptor, byte* bytes, nuint count);

    [LibraryImport("libc", EntryPoint = "poll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial int Poll(PollRequest* requests, ulong count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int descriptor);

    // pollfd of poll(2)
    [StructLayout(LayoutKind.Sequential)]
    private struct PollRequest
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
