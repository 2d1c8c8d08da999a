using System.Runtime.Versioning;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace AppConsistentSnapshot.Interop.Linux;

/// <inheritdoc cref="IMemoryFile"/>
[SupportedOSPlatform("linux")]
internal sealed unsafe class LinuxMemoryFile : IMemoryFile
{
    // linux/fcntl.h, since Linux 6.3: nobody can change the execute bits.
    private const int SealExecution = 0x20;
    private const uint OwnerReadsAndExecutes = 0x140;
    private const int MayExecute = 1;
    private readonly SafeFileHandle _file;

    public LinuxMemoryFile(SafeFileHandle file)
    {
        _file = file;

        // Not /proc/self: the one who executes it is another process. Closed on exec all the same, for it is our descriptor that they open.
        Path = Libc.With(file, static fd => $"/proc/{Environment.ProcessId}/fd/{fd}");
    }

    public string Path { get; }

    public Errno Append(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            nint written;
            Errno errno;
            fixed (byte* pointer = bytes)
            {
                written = FileCalls.Write(_file, pointer, (nuint)bytes.Length);
                errno = Libc.Capture(written);
            }

            if (errno is not (Errno.None or Errno.EINTR))
            {
                return errno;
            }

            bytes = bytes[(int)Math.Max(0, written)..];
        }

        return Errno.None;
    }

    public Errno Seal()
    {
        var errno = Libc.Capture(FileCalls.Fchmod(_file, OwnerReadsAndExecutes));
        if (errno != Errno.None)
        {
            return errno;
        }

        var seals = LibC.F_SEAL_SEAL | LibC.F_SEAL_SHRINK | LibC.F_SEAL_GROW | LibC.F_SEAL_WRITE;
        errno = Libc.Capture(FileCalls.Fcntl(_file, LibC.F_ADD_SEALS, seals | SealExecution));
        if (errno == Errno.EINVAL)
        {
            errno = Libc.Capture(FileCalls.Fcntl(_file, LibC.F_ADD_SEALS, seals));
        }

        return errno == Errno.None ? AskWhetherExecutable() : errno;
    }

    // access(2) asks what execve(2) asks: the mode, the mount, the security module, and whether /proc shows our descriptors at all.
    private Errno AskWhetherExecutable()
    {
        fixed (byte* pointer = Encoding.UTF8.GetBytes(Path + '\0'))
        {
            return Libc.Capture(FileCalls.FaccessAt(LibC.AT_FDCWD, pointer, MayExecute, LibC.AT_EACCESS));
        }
    }

    public void Dispose() => _file.Dispose();
}
