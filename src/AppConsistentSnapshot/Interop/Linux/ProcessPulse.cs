using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace AppConsistentSnapshot.Interop.Linux;

/// <summary>Tells whether another process is dead or dying, also where it cannot end because a thread of it is blocked in the kernel.</summary>
/// <remarks>
/// Such a process closes nothing: no end of file, no pidfd. But its first thread is a zombie, or has SIGKILL pending (complete_signal in
/// kernel/signal.c gives it to every thread), or dumps core. Files of /proc that are open stay those of that very process; looking opens and allocates nothing.
/// </remarks>
[SupportedOSPlatform("linux")]
internal sealed unsafe partial class ProcessPulse : IDisposable
{
    private const int KillBit = 1 << 8;

    private readonly SafeFileHandle? _stat;
    private readonly SafeFileHandle? _status;
    private readonly byte[] _buffer = new byte[8192];

    public ProcessPulse(int pid)
    {
        var folder = string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/");
        _stat = Libc.Open(folder + "stat", LibC.O_RDONLY, out _);
        _status = Libc.Open(folder + "status", LibC.O_RDONLY, out _);
    }

    /// <summary>Whether it can tell at all.</summary>
    public bool IsWorking => _stat is not null && _status is not null;

    /// <summary>Looks. Where it cannot tell, the process counts as alive.</summary>
    public bool IsDead()
    {
        var stat = Read(_stat, out var isGone);
        return isGone || IsDeadState(stat) || IsDying(Read(_status, out isGone)) || isGone;
    }

    /// <summary>Whether <c>/proc/PID/stat</c> names a state of the dead.</summary>
    internal static bool IsDeadState(ReadOnlySpan<byte> stat)
    {
        // The name of the program may hold anything, so the state is what follows the last parenthesis.
        var end = stat.LastIndexOf((byte)')');
        return end >= 0 && end + 2 < stat.Length && stat[end + 2] is (byte)'Z' or (byte)'X' or (byte)'x';
    }

    /// <summary>Whether <c>/proc/PID/status</c> tells of a SIGKILL on its way, or of a core dump.</summary>
    internal static bool IsDying(ReadOnlySpan<byte> status) =>
        HasKill(status, "\nSigPnd:\t"u8) || HasKill(status, "\nShdPnd:\t"u8) || status.IndexOf("\nCoreDumping:\t1"u8) >= 0;

    public void Dispose()
    {
        _stat?.Dispose();
        _status?.Dispose();
    }

    private static bool HasKill(ReadOnlySpan<byte> status, ReadOnlySpan<byte> field)
    {
        var start = status.IndexOf(field);
        if (start < 0)
        {
            return false;
        }

        // 16 hexadecimal digits; signal 9 is bit 8, the lowest of the last but two.
        var digits = status[(start + field.Length)..];
        const int Digit = 13;
        return digits.Length > Digit && (HexValue(digits[Digit]) << 8 & KillBit) != 0;
    }

    private static int HexValue(byte digit) => digit switch
    {
        >= (byte)'0' and <= (byte)'9' => digit - '0',
        >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
        _ => 0,
    };

    private ReadOnlySpan<byte> Read(SafeFileHandle? file, out bool isGone)
    {
        isGone = false;
        if (file is null)
        {
            return default;
        }

        nint count;
        Errno errno;
        fixed (byte* pointer = _buffer)
        {
            do
            {
                count = pread((int)file.DangerousGetHandle(), pointer, (nuint)_buffer.Length, 0);
                errno = Libc.Capture(count);
            }
            while (errno == Errno.EINTR);
        }

        isGone = errno == Errno.ESRCH;
        return _buffer.AsSpan(0, (int)Math.Max(0, count));
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint pread(int fd, byte* buffer, nuint count, long offset);
}
