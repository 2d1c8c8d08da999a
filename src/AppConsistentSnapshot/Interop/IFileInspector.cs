using System.Runtime.InteropServices;

namespace AppConsistentSnapshot.Interop;

/// <summary>Looks at files one component at a time, by descriptor, and follows nothing. Every descriptor is closed on exec.</summary>
internal interface IFileInspector
{
    /// <summary>Opens <c>/</c>.</summary>
    SafeHandle? OpenRoot(out Errno errno);

    /// <summary>Opens a folder in a folder; ENOTDIR for everything else, a link included.</summary>
    SafeHandle? OpenFolder(SafeHandle folder, ReadOnlySpan<byte> name, out Errno errno);

    /// <summary>Refers to an entry of a folder, whatever it is, without opening it: a device or a FIFO is not touched, a link not followed.</summary>
    SafeHandle? OpenEntry(SafeHandle folder, ReadOnlySpan<byte> name, out Errno errno);

    Errno Stat(SafeHandle entry, out FileStatus status);

    Errno ReadLink(SafeHandle link, out byte[] target);

    /// <summary>Reads the POSIX access ACL in the kernel's binary form; empty where there is none.</summary>
    Errno ReadAccessAcl(SafeHandle entry, out byte[] acl);

    Errno StatFileSystem(SafeHandle entry, out FileSystemFacts facts);

    /// <summary>Opens for reading the very file that <paramref name="entry"/> refers to, whatever its path names now.</summary>
    SafeHandle? OpenForReading(SafeHandle entry, out Errno errno);

    Errno Read(SafeHandle file, long offset, Span<byte> buffer, out int count);
}
