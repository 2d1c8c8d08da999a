using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace AppConsistentSnapshot.Interop.Linux;

/// <summary>The calls about processes, each answered with its error number.</summary>
[SupportedOSPlatform("linux")]
internal static unsafe partial class ProcessCalls
{
    // The same on x64 and arm64 (asm-generic/unistd.h).
    private const nint SysPidfdSendSignal = 424;
    private const nint SysPidfdOpen = 434;

    private const int WaitForPid = 1;
    private const int WaitExited = 4;
    private const int WaitNoHang = 1;
    private const int WaitNoReap = 0x01000000;
    private const int CodeExited = 1;

    private const int SetStatusFlags = 4;
    private const int DuplicateCloseOnExec = 1030;
    private const int GetPipeSize = 1032;
    private const int NonBlocking = 0x800;
    private const int CloseOnExec = 0x80000;
    private const int CloneFs = 0x200;

    public static uint EffectiveUserId() => geteuid();

    /// <summary>A descriptor that becomes readable when the process ends (pidfd_open(2), Linux 5.3).</summary>
    public static SafeFileHandle? OpenProcess(int pid, out Errno errno)
    {
        var fd = syscall(SysPidfdOpen, pid, 0, 0, 0);
        errno = Libc.Capture(fd);
        return fd < 0 ? null : new SafeFileHandle(fd, ownsHandle: true);
    }

    /// <summary>Signals the very process that the descriptor stands for, whoever has its number now.</summary>
    public static Errno Signal(SafeFileHandle process, int signal) =>
        Libc.With(process, fd => Libc.Capture(syscall(SysPidfdSendSignal, fd, signal, 0, 0)));

    public static Errno SignalGroup(int group, int signal) => Libc.Capture(kill(-group, signal));

    /// <summary>Learns how a child ended, or null where it has not. It stays a zombie.</summary>
    public static ProcessExit? TryWait(int pid)
    {
        // siginfo_t is 128 bytes: si_code at 8, si_pid at 16 and si_status at 24 on 64-bit machines (sigaction(2)).
        var info = stackalloc int[32];
        new Span<int>(info, 32).Clear();
        int result;
        do
        {
            result = waitid(WaitForPid, (uint)pid, info, WaitExited | WaitNoHang | WaitNoReap);
        }
        while (Libc.Capture(result) == Errno.EINTR);

        var errno = result < 0 ? (Errno)Marshal.GetLastPInvokeError() : Errno.None;
        if (errno != Errno.None)
        {
            return new ProcessExit { WaitError = errno };
        }

        if (info[4] == 0)
        {
            return null;
        }

        return info[2] == CodeExited ? new ProcessExit { ExitCode = info[6] } : new ProcessExit { Signal = info[6] };
    }

    /// <summary>Frees the number of a child that has ended, or that ends now.</summary>
    public static void Reap(int pid)
    {
        var info = stackalloc int[32];
        while (Libc.Capture(waitid(WaitForPid, (uint)pid, info, WaitExited)) == Errno.EINTR)
        {
        }
    }

    /// <summary>Waits until one of the descriptors is ready, or the time is over.</summary>
    public static Errno Poll(Span<PollEntry> entries, int milliseconds)
    {
        fixed (PollEntry* pointer = entries)
        {
            Errno errno;
            do
            {
                errno = Libc.Capture(poll(pointer, (nuint)entries.Length, milliseconds));
            }
            while (errno == Errno.EINTR);
            return errno;
        }
    }

    /// <summary>Makes a pipe whose ends are above the standard descriptors, closed on exec; reading does not block.</summary>
    public static Errno CreatePipe(out SafeFileHandle? reader, out SafeFileHandle? writer)
    {
        var ends = stackalloc int[2];
        reader = writer = null;
        var errno = Libc.Capture(pipe2(ends, CloseOnExec));
        if (errno != Errno.None)
        {
            return errno;
        }

        reader = AboveStandard(new SafeFileHandle(ends[0], ownsHandle: true), ref errno);
        writer = AboveStandard(new SafeFileHandle(ends[1], ownsHandle: true), ref errno);
        if (errno == Errno.None)
        {
            errno = Libc.With(reader, static fd => Libc.Capture(fcntl(fd, SetStatusFlags, NonBlocking)));
        }

        return errno;
    }

    /// <summary>A copy of a descriptor whose number is at least this one, closed on exec.</summary>
    public static SafeFileHandle? DuplicateFrom(SafeHandle handle, int lowest, out Errno errno)
    {
        var (fd, error) = Libc.With(handle, source =>
        {
            var copy = fcntl(source, DuplicateCloseOnExec, lowest);
            return (copy, Libc.Capture(copy));
        });
        errno = error;
        return fd < 0 ? null : new SafeFileHandle(fd, ownsHandle: true);
    }

    /// <summary>How much a pipe can hold.</summary>
    public static int PipeCapacity(SafeFileHandle pipe) => Libc.With(pipe, static fd => fcntl(fd, GetPipeSize, 0));

    public static int Read(SafeFileHandle file, Span<byte> buffer, out Errno errno)
    {
        var descriptor = (int)file.DangerousGetHandle();
        nint count;
        fixed (byte* pointer = buffer)
        {
            do
            {
                count = read(descriptor, pointer, (nuint)buffer.Length);
                errno = Libc.Capture(count);
            }
            while (errno == Errno.EINTR);
        }

        return (int)Math.Max(count, 0);
    }

    public static Errno Write(SafeFileHandle file, byte[] bytes)
    {
        var descriptor = (int)file.DangerousGetHandle();
        fixed (byte* pointer = bytes)
        {
            Errno errno;
            do
            {
                errno = Libc.Capture(write(descriptor, pointer, (nuint)bytes.Length));
            }
            while (errno == Errno.EINTR);
            return errno;
        }
    }

    public static Errno MakeFolder(string path) => WithPath(path, static p => Libc.Capture(mkdir(p, 0x1ED)));

    public static Errno RemoveFolder(string path) => WithPath(path, static p => Libc.Capture(rmdir(p)));

    /// <summary>Gives the calling thread a working directory and umask of its own (unshare(2)), and sets them. Children inherit the calling thread's.</summary>
    public static Errno IsolateThread(int mask, out string call)
    {
        call = "unshare(CLONE_FS)";
        var errno = Libc.Capture(unshare(CloneFs));
        if (errno != Errno.None)
        {
            return errno;
        }

        call = "chdir(/)";
        _ = umask((uint)mask);
        return WithPath("/", static p => Libc.Capture(chdir(p)));
    }

    private delegate Errno PathCall(byte* path);

    private static Errno WithPath(string path, PathCall call)
    {
        fixed (byte* pointer = System.Text.Encoding.UTF8.GetBytes(path + '\0'))
        {
            return call(pointer);
        }
    }

    // In a host whose standard descriptors are closed a pipe may get their numbers, which the child's own would then overwrite.
    private static SafeFileHandle AboveStandard(SafeFileHandle end, ref Errno errno)
    {
        if ((int)end.DangerousGetHandle() > 2)
        {
            return end;
        }

        var fd = Libc.With(end, static low => fcntl(low, DuplicateCloseOnExec, 3));
        if (fd < 0)
        {
            errno = (Errno)Marshal.GetLastPInvokeError();
            return end;
        }

        end.Dispose();
        return new SafeFileHandle(fd, ownsHandle: true);
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint syscall(nint number, nint first, nint second, nint third, nint fourth);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int kill(int pid, int signal);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int waitid(int kind, uint id, int* info, int options);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int poll(PollEntry* entries, nuint count, int milliseconds);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int pipe2(int* ends, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fcntl(int fd, int command, nint argument);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint read(int fd, byte* buffer, nuint count);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint write(int fd, byte* buffer, nuint count);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int mkdir(byte* path, uint mode);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int rmdir(byte* path);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int unshare(int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int chdir(byte* path);

    [LibraryImport("libc")]
    private static partial uint umask(uint mask);

    [LibraryImport("libc")]
    private static partial uint geteuid();
}
