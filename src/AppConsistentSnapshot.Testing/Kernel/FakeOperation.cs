using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Testing.Kernel;

/// <summary>What a test wants one kind of call on one file system to do. Otherwise the rules of the kernel hold.</summary>
internal sealed class FakeOperation
{
    private readonly Queue<(Errno Errno, FakeHang? Hang, Action? Before)> _plans = new();

    /// <summary>The next call that is not planned yet fails.</summary>
    public void Fail(Errno errno) => Plan(errno, null, null);

    /// <summary>The next call that is not planned yet blocks, and then does what the rules or an error say.</summary>
    public FakeHang Hang(Errno errno = Errno.None)
    {
        var hang = new FakeHang();
        Plan(errno, hang, null);
        return hang;
    }

    /// <summary>The next call that is not planned yet follows the rules.</summary>
    public void Pass() => Plan(Errno.None, null, null);

    /// <summary>Something happens just before the next call that is not planned yet.</summary>
    public void Precede(Action action) => Plan(Errno.None, null, action);

    internal Errno Enter()
    {
        (Errno Errno, FakeHang? Hang, Action? Before) plan;
        lock (_plans)
        {
            if (!_plans.TryDequeue(out plan))
            {
                return Errno.None;
            }
        }

        plan.Before?.Invoke();
        plan.Hang?.Enter();
        return plan.Errno;
    }

    private void Plan(Errno errno, FakeHang? hang, Action? before)
    {
        lock (_plans)
        {
            _plans.Enqueue((errno, hang, before));
        }
    }
}
