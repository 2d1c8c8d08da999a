using AppConsistentSnapshot.Freezing;
using AppConsistentSnapshot.Freezing.Process;
using AppConsistentSnapshot.Interop.Linux;

namespace AppConsistentSnapshot.Freezer;

// The promise of this class
// -------------------------
// - From the first message on until everything is thawed it opens, executes, forks and allocates nothing of the kernel.
// - When it returns from 'Serve', the host is dead or has hung up, and everything that the kernel let go is thawed.

/// <summary>Serves one host: hands its commands to the engine, and watches whether it lives.</summary>
internal sealed class FreezerLoop
{
    private const int WindowPollMilliseconds = 20;
    private const int IdlePollMilliseconds = 250;

    private readonly object _gate = new();
    private readonly HostLine _line;
    private readonly ProcessPulse _pulse;
    private readonly FreezeEngine? _engine;
    private readonly byte[] _incoming = GC.AllocateArray<byte>(FreezerProtocol.Largest, pinned: true);
    private readonly Obligations _obligations = new();
    private bool _isFreezing;
    private bool _hasEnded;
    private bool _hasSettled;

    public FreezerLoop(HostLine line, ProcessPulse pulse, FreezerKernel kernel, FreezeTarget[] targets)
    {
        _line = line;
        _pulse = pulse;
        if (targets.Length > 0)
        {
            _engine = new FreezeEngine(kernel, new FreezerClock(), targets, OnNotice, line);
            _engine.Start();
        }
    }

    public void Serve(FreezerWeakness weakness)
    {
        _line.SendArmed(weakness);
        while (true)
        {
            var length = _line.Receive(_incoming, IsWindowOpen() ? WindowPollMilliseconds : IdlePollMilliseconds);
            if (length > 0)
            {
                OnMessage(_incoming.AsSpan(0, length));
            }
            else if (length < 0 || _pulse.IsDead())
            {
                break;
            }
        }

        _engine?.Release();
        WaitUntil(static loop => loop._hasEnded);
    }

    /// <summary>What the host owed when it went, the last first.</summary>
    public IReadOnlyList<(ResumeObligation Obligation, ObligationStage Stage)> Owed() => _obligations.Open();

    /// <summary>Waits for what still blocks in the kernel: it has to be thawed when it returns, so this process must not end before.</summary>
    public void WaitUntilSettled() => WaitUntil(static loop => loop._hasSettled);

    private void WaitUntil(Func<FreezerLoop, bool> isReached)
    {
        lock (_gate)
        {
            while (_engine is not null && !isReached(this))
            {
                _ = Monitor.Wait(_gate);
            }
        }
    }

    private bool IsWindowOpen()
    {
        lock (_gate)
        {
            return _isFreezing && !_hasSettled;
        }
    }

    private void OnMessage(ReadOnlySpan<byte> message)
    {
        var number = FreezerProtocol.Number(message);
        switch ((HostMessage)message[0])
        {
            case HostMessage.Freeze:
                _isFreezing = true;
                _engine?.Freeze(FreezerProtocol.Time(message));
                break;
            case HostMessage.Probe:
                _engine?.Probe(number);
                break;
            case HostMessage.Release:
                _engine?.Release();
                break;
            case HostMessage.Owe:
                _obligations.Add(number, message[FreezerProtocol.HeadSize..]);
                break;
            case HostMessage.Stage:
                _obligations.Enter(number, (ObligationStage)message[1]);
                break;
        }
    }

    private void OnNotice(FreezeNotice notice)
    {
        _line.SendNotice(notice);
        lock (_gate)
        {
            _hasEnded |= notice.Kind is FreezeNoticeKind.Ended;
            _hasSettled |= notice.Kind is FreezeNoticeKind.Settled;
            Monitor.PulseAll(_gate);
        }
    }
}
