namespace AppConsistentSnapshot.Interop.Linux;

/// <summary>Threads that wait on the kernel: not the pool's, which may be exhausted, and small, for hundreds of them may exist.</summary>
internal static class KernelThread
{
    private const int StackSize = 256 * 1024;

    /// <exception cref="OutOfMemoryException">There can be no more threads.</exception>
    public static void Start(string name, Action action) =>
        new Thread(() => action(), StackSize) { IsBackground = true, Name = name }.Start();

    /// <summary>Starts a thread, or where there can be no more of them uses one of the pool.</summary>
    public static void StartOrBorrow(string name, Action action)
    {
        try
        {
            Start(name, action);
        }
        catch (OutOfMemoryException)
        {
            _ = ThreadPool.UnsafeQueueUserWorkItem(static state => state(), action, preferLocal: false);
        }
    }
}
