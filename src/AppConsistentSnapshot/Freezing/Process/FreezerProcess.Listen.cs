using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Freezing.Process;

/// <summary>The thread that listens to the freezer.</summary>
internal sealed partial class FreezerProcess
{
    private void Listen()
    {
        var buffer = new byte[FreezerProtocol.Largest];
        try
        {
            while (!IsOver())
            {
                var received = _link.Wait(buffer, _isFreezing && !_isSettled ? WindowPollMilliseconds : IdlePollMilliseconds, out var length);
                if (received == FreezerEvent.Message)
                {
                    OnMessage(buffer.AsSpan(0, length));
                }
                else if (received != FreezerEvent.Nothing)
                {
                    OnDeath();
                    return;
                }

                KillWhenOverdue();
            }
        }
        finally
        {
            Close();
        }
    }

    private bool IsOver()
    {
        lock (_gate)
        {
            return _isHangingUp && (!_isFreezing || _isSettled);
        }
    }

    private void OnMessage(ReadOnlySpan<byte> message)
    {
        switch ((FreezerMessage)message[0])
        {
            case FreezerMessage.Armed:
                _ = _armed.TrySetResult((FreezerWeakness)FreezerProtocol.Number(message));
                break;
            case FreezerMessage.Notice:
                OnNotice(NoticeCodec.Read(message[FreezerProtocol.HeadSize..]));
                break;
        }
    }

    private void OnNotice(FreezeNotice notice)
    {
        Action<FreezeNotice>? notify;
        lock (_gate)
        {
            _last = notice;
            _due = notice.Kind is FreezeNoticeKind.Ended ? null : _due;
            _isSettled |= notice.Kind is FreezeNoticeKind.Settled;
            notify = _notify;
        }

        notify?.Invoke(notice);
    }

    // It was stopped, or it hangs where it must not. Nobody but it may thaw while it lives, so it must not live.
    private void KillWhenOverdue()
    {
        lock (_gate)
        {
            if (_due is { } due && _timeProvider.GetElapsedTime(_askedTimestamp) >= due)
            {
                _due = null;
                _link.Kill();
            }
        }
    }

    private void OnDeath()
    {
        bool isToBeTold;
        lock (_gate)
        {
            _isDead = true;
            isToBeTold = _isFreezing && !_isSettled;
        }

        if (isToBeTold)
        {
            TellOfDeath(_link);
        }
    }

    private void TellOfDeath(IFreezerLink? link)
    {
        var takeover = new FreezerTakeover(link, _kernel, _timeProvider, _targets, _last, _askedAt, _askedTimestamp);
        takeover.Run(OnNotice);
    }

    private static string Describe(ProcessExit? exit) => exit switch
    {
        { ExitCode: { } code } => $" (exit code {code})",
        { Signal: { } signal } => $" ({SignalNames.Of(signal)})",
        _ => "",
    };

    private void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
        }

        // Not for long: it may have applications to resume, where somebody forgot to.
        _link.HangUp(HangUpMilliseconds);
        _ = _armed.TrySetException(new IOException($"it ended before it was ready{Describe(_link.FindExit())}"));
        _link.Dispose();
        foreach (var target in _targets)
        {
            target.Descriptor.Release();
        }

        _hungUp.SetResult();
    }
}
