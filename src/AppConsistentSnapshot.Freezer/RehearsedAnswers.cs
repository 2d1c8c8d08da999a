using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Freezer;

/// <summary>What the kernel answers in a rehearsal.</summary>
internal sealed class RehearsedAnswers
{
    private readonly int _frozen;
    private readonly Errno _first;
    private readonly Errno _probe;
    private int _calls;

    /// <param name="frozen">How many calls of FIFREEZE are freezes; the others are probes.</param>
    /// <param name="first">The answer to freezes.</param>
    /// <param name="probe">The answer to probes.</param>
    public RehearsedAnswers(int frozen, Errno first, Errno probe)
    {
        _frozen = frozen;
        _first = first;
        _probe = probe;
    }

    public Errno Freeze(Errno real) => real == Errno.EBADF && Interlocked.Increment(ref _calls) > _frozen ? _probe : _first;

    public static Errno Thaw(Errno real) => real == Errno.EBADF ? Errno.None : real;
}
