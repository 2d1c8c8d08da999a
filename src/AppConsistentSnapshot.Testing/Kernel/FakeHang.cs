namespace AppConsistentSnapshot.Testing.Kernel;

/// <summary>A call that blocks until a test lets it go.</summary>
internal sealed class FakeHang
{
    // No test takes that long; without a bound a failing one would keep the runner alive.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly object _gate = new();
    private bool _isEntered;
    private bool _isOver;

    /// <summary>Waits until a call blocks here.</summary>
    /// <exception cref="TimeoutException">None does.</exception>
    public void WaitUntilEntered() => WaitFor(() => _isEntered, "No call came here");

    /// <summary>Lets the call go, and every later one.</summary>
    public void LetGo()
    {
        lock (_gate)
        {
            _isOver = true;
            Monitor.PulseAll(_gate);
        }
    }

    internal void Enter()
    {
        lock (_gate)
        {
            _isEntered = true;
            Monitor.PulseAll(_gate);
        }

        WaitFor(() => _isOver, "The test never let the call go");
    }

    private void WaitFor(Func<bool> condition, string failure)
    {
        lock (_gate)
        {
            while (!condition())
            {
                if (!Monitor.Wait(_gate, Patience))
                {
                    throw new TimeoutException(failure);
                }
            }
        }
    }
}
