using AppConsistentSnapshot.Freezing;
using AppConsistentSnapshot.Freezing.Process;
using AppConsistentSnapshot.Interop;
using AppConsistentSnapshot.Interop.Linux;
using Microsoft.Win32.SafeHandles;

namespace AppConsistentSnapshot.Freezer;

/// <summary>Goes through freezes and thaws without a file system, so that all code for it is loaded, compiled and bound before it matters.</summary>
internal static class Rehearsal
{
    private const int Count = 2;
    private const int Rounds = 3;
    private const int LongestWaitMilliseconds = 1000;

    public static void Run(FreezerKernel kernel, ProcessPulse pulse)
    {
        for (var round = 0; round < Rounds; round++)
        {
            _ = pulse.IsDead();
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
#pragma warning disable CA2000 // The line and the thread that plays the host own them.
        _ = SocketCalls.CreatePair(out var hosts, out var own);
        var page = ProgressPage.Create(Count, out _);
#pragma warning restore CA2000
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

    private static void PlayHost(SafeFileHandle socket, TimeSpan limit)
    {
        using (socket)
        {
            var buffer = new byte[FreezerProtocol.Largest];
            Send(socket, HostMessage.Freeze, 0, limit);
            if (IsAwaited(socket, buffer, FreezeNoticeKind.Frozen))
            {
                Send(socket, HostMessage.Probe, 1, default);
                _ = IsAwaited(socket, buffer, FreezeNoticeKind.Probed);
                Send(socket, HostMessage.Release, 0, default);
            }
        }
    }

    private static void Send(SafeFileHandle socket, HostMessage kind, int number, TimeSpan time)
    {
        Span<byte> message = stackalloc byte[FreezerProtocol.HeadSize];
        FreezerProtocol.WriteHead(message, (byte)kind, 0, number, time.Ticks);
        _ = SocketCalls.Send(socket, message);
    }

    // Where it is released by itself, it does not come any more.
    private static bool IsAwaited(SafeFileHandle socket, byte[] buffer, FreezeNoticeKind kind)
    {
        Span<PollEntry> poll = [new PollEntry((int)socket.DangerousGetHandle())];
        while (ProcessCalls.Poll(poll, LongestWaitMilliseconds) == Errno.None && poll[0].IsReady
            && SocketCalls.Receive(socket, buffer, out var length) == Errno.None && length > 0)
        {
            if ((FreezerMessage)buffer[0] != FreezerMessage.Notice)
            {
                continue;
            }

            var found = NoticeCodec.Read(buffer.AsSpan(FreezerProtocol.HeadSize)).Kind;
            if (found == kind || found is FreezeNoticeKind.Released or FreezeNoticeKind.Ended)
            {
                return found == kind;
            }
        }

        return false;
    }
}
