using AppConsistentSnapshot.Freezing;
using AppConsistentSnapshot.Freezing.Process;
using AppConsistentSnapshot.Interop;
using AppConsistentSnapshot.Interop.Linux;
using Microsoft.Win32.SafeHandles;

namespace AppConsistentSnapshot.Freezer;

/// <summary>The freezer's end of the conversation. Its buffers are made once.</summary>
internal sealed class HostLine : IFreezeProgress, IDisposable
{
    private readonly SafeFileHandle _socket;
    private readonly ProgressPage _page;
    private readonly byte[] _outgoing;
    private readonly PollEntry[] _poll;

    public HostLine(SafeFileHandle socket, ProgressPage page, int targets)
    {
        _socket = socket;
        _page = page;
        _outgoing = GC.AllocateArray<byte>(FreezerProtocol.HeadSize + NoticeCodec.SizeOf(targets), pinned: true);
        _poll = new PollEntry[1];
    }

    public static HostLine Inherit(int targets)
    {
#pragma warning disable CA2000 // The line owns both.
        var socket = new SafeFileHandle(LinuxFreezerLauncher.SocketDescriptor, ownsHandle: true);
        var file = new SafeFileHandle(LinuxFreezerLauncher.PageDescriptor, ownsHandle: true);
#pragma warning restore CA2000
#pragma warning disable CA2000 // The line owns it.
        return ProgressPage.Open(file, targets, out var errno) is { } page
            ? new HostLine(socket, page, targets)
            : throw new InvalidOperationException($"mmap: {errno}");
#pragma warning restore CA2000
    }

    public void Note(int target, FreezePhase phase) => _page[target] = (byte)phase;

    public void SendArmed(FreezerWeakness weakness)
    {
        FreezerProtocol.WriteHead(_outgoing, (byte)FreezerMessage.Armed, number: (int)weakness);
        _ = SocketCalls.Send(_socket, _outgoing.AsSpan(0, FreezerProtocol.HeadSize));
    }

    // A host that is dead, or that was stopped until the buffer was full, misses it. Nothing depends on it.
    public void SendNotice(FreezeNotice notice)
    {
        FreezerProtocol.WriteHead(_outgoing, (byte)FreezerMessage.Notice);
        NoticeCodec.Write(_outgoing.AsSpan(FreezerProtocol.HeadSize), notice);
        _ = SocketCalls.Send(_socket, _outgoing);
    }

    /// <summary>Waits for a message.</summary>
    /// <returns>Its length, 0 where there is none, or -1 where the host hung up.</returns>
    public int Receive(Span<byte> buffer, int milliseconds)
    {
        _poll[0] = new PollEntry((int)_socket.DangerousGetHandle());
        _ = ProcessCalls.Poll(_poll, milliseconds);
        if (!_poll[0].IsReady)
        {
            return 0;
        }

        var errno = SocketCalls.Receive(_socket, buffer, out var length);
        return errno switch
        {
            Errno.None when length > 0 => length,
            Errno.EAGAIN => 0,
            _ => -1,
        };
    }

    public void Dispose()
    {
        _socket.Dispose();
        _page.Dispose();
    }
}
