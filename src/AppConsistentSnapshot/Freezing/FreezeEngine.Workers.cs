using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Freezing;

/// <summary>The thread of one file system.</summary>
internal sealed partial class FreezeEngine
{
    private void Work(FreezeWorker worker)
    {
        while (true)
        {
            switch (Next(worker))
            {
                case FreezePhase.Freezing:
                    OnFreezeReturned(worker, _kernel.Freeze(worker.Handle));
                    break;
                case FreezePhase.Probing:
                    OnProbeReturned(worker, _kernel.Freeze(worker.Handle));
                    break;
                case FreezePhase.Thawing:
                    OnThawReturned(worker, _kernel.Thaw(worker.Handle), FreezePhase.Thawed);
                    break;
                default:
                    return;
            }
        }
    }

    /// <summary>Waits until there is something to do, and enters the phase for it.</summary>
    private FreezePhase Next(FreezeWorker worker)
    {
        lock (_gate)
        {
            while (true)
            {
                var phase = Choose(worker);
                if (phase is not null)
                {
                    Enter(worker, phase.Value);
                    return phase.Value;
                }

                _ = Monitor.Wait(_gate);
            }
        }
    }

    private FreezePhase? Choose(FreezeWorker worker) => worker.Status.Phase switch
    {
        FreezePhase.Waiting when _release != FreezeRelease.None => FreezePhase.Skipped,
        FreezePhase.Waiting when _freezing && worker.Level == _level => FreezePhase.Freezing,
        FreezePhase.Frozen when _release != FreezeRelease.None && MayThaw(worker) => FreezePhase.Thawing,
        FreezePhase.Frozen when _release == FreezeRelease.None && worker.Status.Probe < _probe => FreezePhase.Probing,
        _ when worker.Status.IsAtRest => worker.Status.Phase,
        _ => null,
    };

    private void Enter(FreezeWorker worker, FreezePhase phase)
    {
        SetPhase(worker, phase);
        switch (phase)
        {
            case FreezePhase.Freezing:
                OpenWindow();
                worker.Status.FreezeStart = SinceWindowStart();
                break;
            case FreezePhase.Probing:
                worker.Asking = _probe;
                break;
            case FreezePhase.Thawing:
                worker.Status.ThawStart = SinceWindowStart();
                break;
            case FreezePhase.Skipped:
                worker.Descriptor.Release();
                _wake.Set();
                break;
        }
    }

    private void SetPhase(FreezeWorker worker, FreezePhase phase)
    {
        // What is at rest enters its phase again as its thread ends; by then nobody may listen any more.
        if (worker.Status.Phase != phase)
        {
            worker.Status.Phase = phase;
            _progress?.Note(worker.Index, phase);
        }
    }

    // What carries a loop device thaws before what lies in it. What is blocked is not waited for.
    private bool MayThaw(FreezeWorker worker)
    {
        if (worker.Status.IsLate || _isDisorderly)
        {
            return true;
        }

        foreach (var other in _workers)
        {
            if (other.Level > worker.Level && other.Status.Phase is FreezePhase.Frozen or FreezePhase.Thawing)
            {
                return false;
            }
        }

        return true;
    }

    // What is at rest is closed before anybody can learn that it is: whoever waited for the end may want to unmount it.
    private void OnFreezeReturned(FreezeWorker worker, Errno errno)
    {
        if (errno != Errno.None)
        {
            worker.Descriptor.Release();
        }

        lock (_gate)
        {
            worker.Status.FreezeEnd = SinceWindowStart();
            worker.Status.FreezeErrno = errno;
            worker.Status.IsLate = _release != FreezeRelease.None;
            if (errno != Errno.None)
            {
                SetPhase(worker, FreezePhase.Refused);
                ReleaseAll(FreezeRelease.Failure);
                _wake.Set();
                return;
            }

            SetPhase(worker, FreezePhase.Frozen);
            if (_release == FreezeRelease.None)
            {
                EndLevel();
            }
        }
    }

    private void EndLevel()
    {
        var next = int.MaxValue;
        foreach (var worker in _workers)
        {
            if (worker.Level > _level)
            {
                next = Math.Min(next, worker.Level);
            }
            else if (worker.Status.Phase != FreezePhase.Frozen)
            {
                return;
            }
        }

        if (next == int.MaxValue)
        {
            _allFrozen = true;
            _wake.Set();
        }
        else
        {
            _level = next;
            Monitor.PulseAll(_gate);
        }
    }

    private void OnProbeReturned(FreezeWorker worker, Errno errno)
    {
        if (errno == Errno.None)
        {
            // Somebody had thawed it, and the probe froze it again: undone at once, whatever the engine is doing.
            OnThawReturned(worker, _kernel.Thaw(worker.Handle), FreezePhase.Lost);
            return;
        }

        lock (_gate)
        {
            SetPhase(worker, FreezePhase.Frozen);
            worker.Status.Probe = worker.Asking;
            worker.Status.ProbeErrno = errno == Errno.EBUSY ? worker.Status.ProbeErrno : errno;
            worker.Status.IsLate = _release != FreezeRelease.None;
            _wake.Set();
        }
    }

    private void OnThawReturned(FreezeWorker worker, Errno errno, FreezePhase end)
    {
        worker.Descriptor.Release();
        lock (_gate)
        {
            SetPhase(worker, end);
            worker.Status.ThawErrno = errno;
            worker.Status.ThawEnd = SinceWindowStart();
            Monitor.PulseAll(_gate);
            _wake.Set();
        }
    }
}
