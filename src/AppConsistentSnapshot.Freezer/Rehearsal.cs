using AppConsistentSnapshot.Freezing;
using AppConsistentSnapshot.Freezing.Process;
using AppConsistentSnapshot.Interop;
using AppConsistentSnapshot.Interop.Linux;

namespace AppConsistentSnapshot.Freezer;

/// <summary>Goes through freezes and thaws without a file system, so that all code for it is loaded, compiled and bound before it matters.</summary>
internal static class Rehearsal
{
    private const int Count = 2;
    private const int Rounds = 3;

    public static void Run(FreezerKernel kernel, ProcessPulse pulse)
    {
        for (var round = 0; round < Rounds; round++)
        {
            Play(kernel, pulse, new RehearsedAnswers(Count, Errno.None, Errno.EBUSY), TimeSpan.FromSeconds(10));
            Play(kernel, pulse, new RehearsedAnswers(Count, Errno.None, Errno.None), TimeSpan.FromSeconds(10));
            Play(kernel, pulse, new RehearsedAnswers(Count, Errno.EBUSY, Errno.EBUSY), TimeSpan.FromSeconds(10));
            Play(kernel, pulse, new RehearsedAnswers(Count, Errno.None, Errno.EBUSY), TimeSpan.FromMilliseconds(1));
        }

        kernel.Rehearse(null);
    }

    private static void Play(FreezerKernel kernel, ProcessPulse pulse, RehearsedAnswers answers, TimeSpan limit)
    {
        kernel.Rehearse(answers);
        _ = SocketCalls.CreatePair(out var hosts, out var own);
        var page = ProgressPage.Create(Count, out _);
        if (hosts is null || own is null || page is null)
        {
            hosts?.Dispose();
            own?.Dispose();
            return;
        }

        using var line = new HostLine(own, page, Count);
        var loop = new FreezerLoop(line, pulse, kernel, Targets.Imagine(Count));
        var host = new Thread(() => PlayHost(hosts, limit), 256 * 1024) { IsBackground = true };
        host.Start();
        loop.Serve(FreezerWeakness.None);
        loop.WaitUntilSettled();
        host.Join();
        _ = loop.Owed();
    }

    private static void PlayHost(Microsoft.Win32.SafeHandles.SafeFileHandle socket, TimeSpan limit)
    {
        using (socket)
        {
            var buffer = new byte[FreezerProtocol.Largest];
            Send(socket, HostMessage.Freeze, 0, limit);
            Await(socket, buffer, FreezeNoticeKind.Frozen);
            Send(socket, HostMessage.Probe, 1, default);
            Await(socket, buffer, FreezeNoticeKind.Probed);
            Send(socket, HostMessage.Release, 0, default);
            Await(socket, buffer, FreezeNoticeKind.Ended);
        }
    }

    private static void Send(Microsoft.Win32.SafeHandles.SafeFileHandle socket, HostMessage kind, int number, TimeSpan time)
    {
        Span<byte> message = stackalloc byte[FreezerProtocol.HeadSize];
        FreezerProtocol.WriteHead(message, (byte)kind, 0, number, time.Ticks);
        _ = SocketCalls.Send(socket, message);
    }

    // Not every notice comes in every play; the end does.
    private static void Await(Microsoft.Win32.SafeHandles.SafeFileHandle socket, byte[] buffer, FreezeNoticeKind kind)
    {
        Span<PollEntry> poll = [new PollEntry((int)socket.DangerousGetHandle())];
        while (ProcessCalls.Poll(poll, 1000) == Errno.None && poll[0].IsReady
            && SocketCalls.Receive(socket, buffer, out var length) == Errno.None && length > 0)
        {
            if ((FreezerMessage)buffer[0] == FreezerMessage.Notice
                && NoticeCodec.Read(buffer.AsSpan(FreezerProtocol.HeadSize)).Kind is var found
                && (found == kind || found is FreezeNoticeKind.Ended or FreezeNoticeKind.Released))
            {
                return;
            }
        }
    }
}
