using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace AppConsistentSnapshot.Interop.Linux;

/// <inheritdoc cref="IFreezerLink"/>
[SupportedOSPlatform("linux")]
internal sealed class LinuxFreezerLink : IFreezerLink
{
    private readonly SafeFileHandle _socket;
    private readonly SafeFileHandle _process;
    private readonly SafeFileHandle _wakeReader;
    private readonly SafeFileHandle _wakeWriter;
    private readonly ProgressPage _page;
    private readonly ProcessPulse _pulse;
    private bool _isSilent;

    public LinuxFreezerLink(int id, SafeFileHandle socket, SafeFileHandle process, (SafeFileHandle Reader, SafeFileHandle Writer) wake, ProgressPage page)
    {
        ProcessId = id;
        _socket = socket;
        _process = process;
        (_wakeReader, _wakeWriter) = wake;
        _page = page;
        _pulse = new ProcessPulse(id);
    }

    public int ProcessId { get; }

    public Errno Send(ReadOnlySpan<byte> message) => SocketCalls.Send(_socket, message);

    public FreezerEvent Wait(Span<byte> buffer, int milliseconds, out int length)
    {
        Span<PollEntry> entries =
        [
            new PollEntry(_isSilent ? -1 : (int)_socket.DangerousGetHandle()),
            new PollEntry((int)_process.DangerousGetHandle()),
            new PollEntry((int)_wakeReader.DangerousGetHandle()),
        ];
        _ = ProcessCalls.Poll(entries, milliseconds);
        if (entries[2].IsReady)
        {
            _ = ProcessCalls.Read(_wakeReader, stackalloc byte[64], out _);
        }

        // What it said last comes before its end.
        if (TryReceive(buffer, out length))
        {
            return FreezerEvent.Message;
        }

        return entries[1].IsReady ? FreezerEvent.Gone : _isSilent || _pulse.IsDead() ? FreezerEvent.Dying : FreezerEvent.Nothing;
    }

    public void WaitUntilGone()
    {
        Span<PollEntry> entries = [new PollEntry((int)_process.DangerousGetHandle())];
        while (!entries[0].IsReady)
        {
            _ = ProcessCalls.Poll(entries, -1);
        }
    }

    public ProcessExit? FindExit() => ProcessCalls.TryWait(ProcessId);

    public void HangUp(int milliseconds)
    {
        _isSilent = true;
        _socket.Dispose();
        Span<PollEntry> entries = [new PollEntry((int)_process.DangerousGetHandle())];
        _ = ProcessCalls.Poll(entries, milliseconds);
    }

    public byte Progress(int target) => _page[target];

    public void Wake() => _ = ProcessCalls.Write(_wakeWriter, [1]);

    public void Kill() => _ = ProcessCalls.Signal(_process, (int)ProcessSignal.Kill);

    public void Dispose()
    {
        _socket.Dispose();
        _wakeReader.Dispose();
        _wakeWriter.Dispose();
        _page.Dispose();
        _pulse.Dispose();
        var reaper = _process;
        var id = ProcessId;

        // Our child stays a zombie until somebody asks for it. It may end much later, if a thread of it is blocked.
        KernelThread.StartOrBorrow("acsnap reap", () =>
        {
            ProcessCalls.Reap(id);
            reaper.Dispose();
        });
    }

    private bool TryReceive(Span<byte> buffer, out int length)
    {
        length = 0;
        var errno = _isSilent ? Errno.EAGAIN : SocketCalls.Receive(_socket, buffer, out length);
        _isSilent |= errno is not (Errno.None or Errno.EAGAIN) || (errno == Errno.None && length == 0);
        return errno == Errno.None && length > 0;
    }
}
