namespace AppConsistentSnapshot.Backends.Images;

/// <summary>Runs calls that may block for ever on threads of their own, so that neither the caller nor the thread pool hangs with them.</summary>
internal static class BlockingCall
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>Starts the work.</summary>
    public static Task<T> Start<T>(string name, Func<T> work)
    {
        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() => Run(work, completion)) { IsBackground = true, Name = name };
        thread.Start();
        return completion.Task;
    }

    /// <summary>Does the work; once cancelled, gives it a moment to clean up, and goes on without it where it hangs.</summary>
    /// <param name="name">The thread's name.</param>
    /// <param name="work">The work, which looks at its token where it can.</param>
    /// <param name="abandoned">Undoes what the work made after nobody waited for it any more.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<T> RunAsync<T>(
        string name, Func<CancellationToken, T> work, Action<T>? abandoned, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var task = Start(name, () => work(cancellationToken));
        try
        {
            return await task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            using var late = new CancellationTokenSource();
            _ = await Task.WhenAny(task, Task.Delay(Grace, timeProvider, late.Token)).ConfigureAwait(false);
            await late.CancelAsync().ConfigureAwait(false);
        }

        if (task.IsCompleted)
        {
            return await task.ConfigureAwait(false);
        }

        _ = UndoAsync(task, abandoned);
        throw new OperationCanceledException(cancellationToken);
    }

    private static async Task UndoAsync<T>(Task<T> task, Action<T>? abandoned)
    {
        await ((Task)task).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (task.IsCompletedSuccessfully)
        {
            abandoned?.Invoke(await task.ConfigureAwait(false));
        }
    }

    private static void Run<T>(Func<T> work, TaskCompletionSource<T> completion)
    {
        try
        {
            completion.SetResult(work());
        }
        catch (OperationCanceledException error)
        {
            completion.SetCanceled(error.CancellationToken);
        }
#pragma warning disable CA1031 // It is given to whoever waits.
        catch (Exception error)
#pragma warning restore CA1031
        {
            completion.SetException(error);
        }
    }
}
