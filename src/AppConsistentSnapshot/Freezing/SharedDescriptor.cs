using System.Runtime.InteropServices;

namespace AppConsistentSnapshot.Freezing;

/// <summary>A descriptor that stays open as long as anybody needs it: a thread that is blocked in a freeze has to thaw by it later, whoever gave up meanwhile.</summary>
internal sealed class SharedDescriptor
{
    private int _users = 1;

    public SharedDescriptor(SafeHandle handle) => Handle = handle;

    public SafeHandle Handle { get; }

    /// <summary>Adds a user. Only for who knows that there is one already.</summary>
    public SharedDescriptor Retain()
    {
        _ = Interlocked.Increment(ref _users);
        return this;
    }

    public void Release()
    {
        if (Interlocked.Decrement(ref _users) == 0)
        {
            Handle.Dispose();
        }
    }
}
