using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace AppConsistentSnapshot.Interop.Linux;

/// <summary>Memory that two processes share, a byte for each file system: what one noted the other can read after its death.</summary>
/// <remarks>A store costs no call and cannot fail, so it can be made right before and after each FIFREEZE; a message could get lost between.</remarks>
[SupportedOSPlatform("linux")]
internal sealed unsafe partial class ProgressPage : IDisposable
{
    private const int ReadWrite = 3;
    private const int Shared = 1;
    private const uint CloseOnExec = 1;

    private readonly SafeFileHandle _file;
    private readonly byte* _memory;
    private readonly int _size;

    private ProgressPage(SafeFileHandle file, byte* memory, int size)
    {
        _file = file;
        _memory = memory;
        _size = size;
    }

    public SafeFileHandle File => _file;

    public byte this[int index]
    {
        get => Volatile.Read(ref _memory[Checked(index)]);
        set => Volatile.Write(ref _memory[Checked(index)], value);
    }

    /// <summary>Makes one, of zeros.</summary>
    public static ProgressPage? Create(int size, out Errno errno)
    {
        int fd;
        fixed (byte* name = "acs-freezer\0"u8)
        {
            fd = memfd_create(name, CloseOnExec);
            errno = Libc.Capture(fd);
        }

        if (errno != Errno.None)
        {
            return null;
        }

#pragma warning disable CA2000 // The page owns it; where there is none, it is disposed.
        var file = new SafeFileHandle(fd, ownsHandle: true);
#pragma warning restore CA2000
        errno = Libc.Capture(ftruncate(fd, Math.Max(size, 1)));
        var page = errno == Errno.None ? Open(file, size, out errno) : null;
        if (page is null)
        {
            file.Dispose();
        }

        return page;
    }

    /// <summary>Maps one that another process made.</summary>
    public static ProgressPage? Open(SafeFileHandle file, int size, out Errno errno)
    {
        var length = Math.Max(size, 1);
        var memory = mmap(0, (nuint)length, ReadWrite, Shared, (int)file.DangerousGetHandle(), 0);
        errno = memory == -1 ? (Errno)Marshal.GetLastPInvokeError() : Errno.None;
        return memory == -1 ? null : new ProgressPage(file, (byte*)memory, length);
    }

    public void Dispose()
    {
        _ = munmap((nint)_memory, (nuint)_size);
        _file.Dispose();
    }

    private int Checked(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)_size, nameof(index));
        return index;
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int memfd_create(byte* name, uint flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int ftruncate(int fd, long length);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint mmap(nint address, nuint length, int protection, int flags, int fd, long offset);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int munmap(nint address, nuint length);
}
