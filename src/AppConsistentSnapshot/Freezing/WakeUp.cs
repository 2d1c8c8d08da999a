namespace AppConsistentSnapshot.Freezing;

/// <summary>Wakes one thread. An AutoResetEvent would have to be disposed, and a late timer callback may still set it.</summary>
internal sealed class WakeUp
{
    private readonly object _gate = new();
    private bool _isSet;

    public void Set()
    {
        lock (_gate)
        {
            _isSet = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Waits until it is set, or for a time; may return earlier.</summary>
    public void Wait(TimeSpan time)
    {
        lock (_gate)
        {
            if (!_isSet)
            {
                _ = Monitor.Wait(_gate, time);
            }

            _isSet = false;
        }
    }
}
