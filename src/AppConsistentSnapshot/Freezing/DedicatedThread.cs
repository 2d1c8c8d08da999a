namespace AppConsistentSnapshot.Freezing;

/// <summary>Runs a call that may block for ever on a thread of its own, so that it takes no thread from the pool.</summary>
internal static class DedicatedThread
{
    private const int StackSize = 256 * 1024;

    public static Task<T> RunAsync<T>(string name, Func<T> call)
    {
        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(Run, StackSize) { Name = name, IsBackground = true }.Start();
        return completion.Task;

        void Run()
        {
#pragma warning disable CA1031 // An exception that leaves a thread ends the process; here it belongs to whoever waits.
            try
            {
                completion.SetResult(call());
            }
            catch (Exception error)
            {
                completion.SetException(error);
            }
#pragma warning restore CA1031
        }
    }
}
