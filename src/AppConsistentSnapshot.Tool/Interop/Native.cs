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

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int descriptor);
}
