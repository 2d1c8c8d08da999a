using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Tests.Backends;

/// <summary>Counts the calls into the kernel and lets one of them fail.</summary>
internal sealed class FaultPlan
{
    private int _calls;

    /// <summary>The call that fails, from 1; 0 for none.</summary>
    public int FailAt { get; private set; }

    public Errno Answer { get; private set; }

    /// <summary>The call that failed.</summary>
    public string? Failed { get; private set; }

    public void Arm(int failAt, Errno answer)
    {
        _calls = 0;
        Failed = null;
        FailAt = failAt;
        Answer = answer;
    }

    public bool Fails(string call)
    {
        if (Interlocked.Increment(ref _calls) != FailAt)
        {
            return false;
        }

        Failed = call;
        return true;
    }
}
