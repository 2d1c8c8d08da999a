namespace AppConsistentSnapshot.Permissions;

/// <summary>Runs system calls that may block for long (a path on a dead server) so that the caller can give up.</summary>
internal static class InBackground
{
    /// <summary>Runs <paramref name="work"/>; who gives up gets the cancellation at once, and a result that comes later is dropped.</summary>
    public static async Task<TResult> RunAsync<TResult>(Func<TResult> work, Action<TResult> dropLate, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var task = Task.Run(work, CancellationToken.None);
        try
        {
            return await task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            _ = task.ContinueWith(
                late => dropLate(late.Result),
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnRanToCompletion,
                TaskScheduler.Default);
            throw;
        }
    }
}
