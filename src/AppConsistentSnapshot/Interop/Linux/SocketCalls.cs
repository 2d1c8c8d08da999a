using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace AppConsistentSnapshot.Interop.Linux;

/// <summary>A pair of connected sockets that keep messages apart (unix(7), SOCK_SEQPACKET) and never block.</summary>
[SupportedOSPlatform("linux")]
internal static unsafe partial class SocketCalls
{
    private const int UnixFamily = 1;
    private const int SequencedPacket = 5;
    private const int CloseOnExec = 0x80000;
    private const int DoNotWait = 0x40;
    private const int NoSignal = 0x4000;

    public static Errno CreatePair(out SafeFileHandle? first, out SafeFileHandle? second)
    {
        var ends = stackalloc int[2];
        var errno = Libc.Capture(socketpair(UnixFamily, SequencedPacket | CloseOnExec, 0, ends));
        first = errno == Errno.None ? new SafeFileHandle(ends[0], ownsHandle: true) : null;
        second = errno == Errno.None ? new SafeFileHandle(ends[1], ownsHandle: true) : null;
        return errno;
    }

    /// <summary>Sends one message, or none of it.</summary>
    public static Errno Send(SafeFileHandle socket, ReadOnlySpan<byte> message)
    {
        var descriptor = (int)socket.DangerousGetHandle();
        fixed (byte* pointer = message)
        {
            Errno errno;
            do
            {
                errno = Libc.Capture(send(descriptor, pointer, (nuint)message.Length, DoNotWait | NoSignal));
            }
            while (errno == Errno.EINTR);
            return errno;
        }
    }

    /// <summary>Receives one message. A length of 0 without an error means that the other end is closed; EAGAIN that nothing is there.</summary>
    public static Errno Receive(SafeFileHandle socket, Span<byte> buffer, out int length)
    {
        var descriptor = (int)socket.DangerousGetHandle();
        fixed (byte* pointer = buffer)
        {
            Errno errno;
            nint count;
            do
            {
                count = recv(descriptor, pointer, (nuint)buffer.Length, DoNotWait);
                errno = Libc.Capture(count);
            }
            while (errno == Errno.EINTR);
            length = (int)Math.Max(0, count);
            return errno;
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int socketpair(int domain, int type, int protocol, int* ends);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint send(int fd, byte* buffer, nuint length, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint recv(int fd, byte* buffer, nuint length, int flags);
}
