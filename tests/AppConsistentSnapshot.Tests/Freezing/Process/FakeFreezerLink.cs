using System.Collections.Concurrent;
using AppConsistentSnapshot.Freezing;
using AppConsistentSnapshot.Freezing.Process;
using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Tests.Freezing.Process;

/// <summary>A freezer that says and notes what the test says.</summary>
internal sealed class FakeFreezerLink : IFreezerLink
{
    private readonly BlockingCollection<(FreezerEvent Event, byte[] Message)> _events = [];
    private readonly ManualResetEventSlim _gone = new();
    private readonly byte[] _progress = new byte[8];

    public ConcurrentQueue<HostMessage> Heard { get; } = new();

    public bool IsKilled { get; private set; }

    public bool IsDisposed { get; private set; }

    public int ProcessId => 4711;

    public Errno Send(ReadOnlySpan<byte> message)
    {
        Heard.Enqueue((HostMessage)message[0]);
        return Errno.None;
    }

    public FreezerEvent Wait(Span<byte> buffer, int milliseconds, out int length)
    {
        length = 0;
        if (!_events.TryTake(out var next, 5))
        {
            return FreezerEvent.Nothing;
        }

        next.Message.CopyTo(buffer);
        length = next.Message.Length;
        return next.Event;
    }

    public void WaitUntilGone() => _gone.Wait();

    public ProcessExit? FindExit() => null;

    public byte Progress(int target) => _progress[target];

    public void Note(int target, FreezePhase phase) => _progress[target] = (byte)phase;

    public void Wake()
    {
        // It never waits for long.
    }

    public void Kill()
    {
        IsKilled = true;
        Die(FreezerEvent.Gone);
    }

    public void Die(FreezerEvent how)
    {
        if (how == FreezerEvent.Gone)
        {
            _gone.Set();
        }

        _events.Add((how, []));
    }

    public void HangUp(int milliseconds)
    {
        // Nobody is there.
    }

    public void Go() => _gone.Set();

    public void SayArmed(FreezerWeakness weakness)
    {
        var message = new byte[FreezerProtocol.HeadSize];
        FreezerProtocol.WriteHead(message, (byte)FreezerMessage.Armed, number: (int)weakness);
        _events.Add((FreezerEvent.Message, message));
    }

    public void Dispose() => IsDisposed = true;
}
