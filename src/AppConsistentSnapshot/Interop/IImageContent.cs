using Microsoft.Win32.SafeHandles;

namespace AppConsistentSnapshot.Interop;

/// <summary>What is in files. Each call may block for as long as the disk likes.</summary>
internal interface IImageContent
{
    /// <summary>Makes a file share all blocks of another one (FICLONE, ioctl_ficlonerange(2)).</summary>
    Errno Clone(SafeFileHandle source, SafeFileHandle target);

    /// <summary>Gives an empty file the no-copy-on-write attribute of another one; Btrfs clones only between files that agree on it.</summary>
    Errno CopyCowAttribute(SafeFileHandle source, SafeFileHandle target);

    /// <summary>Finds the next byte at or after a position that is not in a hole; ENXIO where there is none.</summary>
    Errno FindData(SafeFileHandle file, long from, out long start);

    /// <summary>Finds the next hole at or after a position; the end of the file counts as one.</summary>
    Errno FindHole(SafeFileHandle file, long from, out long start);

    /// <summary>Copies bytes inside the kernel, at the same position in both files (copy_file_range(2)).</summary>
    Errno CopyRange(SafeFileHandle source, SafeFileHandle target, long position, long length, out long copied);

    /// <summary>Reads; 0 bytes at the end of the file.</summary>
    Errno Read(SafeFileHandle file, Span<byte> buffer, long position, out int read);

    /// <summary>Writes, maybe less than given.</summary>
    Errno Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long position, out int written);

    /// <summary>Sets the length.</summary>
    Errno SetLength(SafeFileHandle file, long length);

    /// <summary>Reserves blocks (fallocate(2)).</summary>
    Errno Allocate(SafeFileHandle file, long position, long length);

    /// <summary>Writes the data of a file, or the names of a folder, to the disk.</summary>
    Errno Flush(SafeFileHandle file);

    /// <summary>Lets the owner read a file, and nobody else do anything.</summary>
    Errno MakeReadOnly(SafeFileHandle file);
}
