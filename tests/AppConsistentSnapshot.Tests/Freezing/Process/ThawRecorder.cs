using System.Runtime.InteropServices;
using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Tests.Freezing.Process;

/// <summary>A kernel that thaws whatever it is asked to.</summary>
internal sealed class ThawRecorder : IFreezeSystemCalls
{
    private readonly List<SafeHandle> _thawed = [];

    public Errno Answer { get; set; }

    public IReadOnlyList<SafeHandle> Thawed
    {
        get
        {
            lock (_thawed)
            {
                return [.. _thawed];
            }
        }
    }

    public Errno Freeze(SafeHandle fileSystem) => throw new InvalidOperationException("only the freezer freezes");

    public Errno Thaw(SafeHandle fileSystem)
    {
        lock (_thawed)
        {
            _thawed.Add(fileSystem);
            return Answer;
        }
    }

    public Errno Flush(SafeHandle fileSystem) => Errno.None;
}
