using AppConsistentSnapshot.Reports;
using Polly.Timeout;

namespace AppConsistentSnapshot.Orchestration;

/// <summary>Calls somebody else's code so that it can fail, hang, block its thread or ignore its token, and the run goes on all the same.</summary>
internal sealed class BoundedCaller
{
    // What a timer can hold; "no limit" is this one.
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    private readonly TimeProvider _timeProvider;

    public BoundedCaller(TimeProvider timeProvider) => _timeProvider = timeProvider;

    /// <summary>Makes a call.</summary>
    /// <param name="call">The call. Its token fires at the limit, or with <paramref name="cancellationToken"/>.</param>
    /// <param name="limit">How long it may take.</param>
    /// <param name="grace">How long it has to return after its token fired, before it is left to itself.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    public async Task<CallOutcome<T>> CallAsync<T>(
        Func<CancellationToken, ValueTask<T>> call, TimeSpan limit, TimeSpan grace, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(limit > TimeSpan.Zero && limit < Longest ? limit : Longest, _timeProvider);
#pragma warning disable CA2000 // Lives as long as the call, which may outlive this method: ForgetAsync disposes it then.
        var stop = new CancellationTokenSource();
#pragma warning restore CA2000
        var token = stop.Token;

        // On a thread of the pool: an implementation that blocks before its first await must not block the run.
        var task = Task.Run(async () => await call(token).ConfigureAwait(false), CancellationToken.None);
        if (!await EndsBeforeAsync(task, deadline.Token, cancellationToken).ConfigureAwait(false))
        {
            // Not waited for: what the implementation does when it is told to stop may block, or throw.
            _ = ObserveAsync(stop.CancelAsync());
            await WaitAsync(task, grace).ConfigureAwait(false);
        }

        if (task.IsCompleted)
        {
            stop.Dispose();
            return Conclude(task, deadline.IsCancellationRequested, cancellationToken.IsCancellationRequested);
        }

        _ = ForgetAsync(task, stop);
        return new CallOutcome<T>
        {
            Status = cancellationToken.IsCancellationRequested ? StepStatus.Cancelled : StepStatus.TimedOut,
            StillRunning = task,
        };
    }

    /// <summary>Waits for what was left to itself, a little longer.</summary>
    public async Task<bool> HasEndedAsync(Task task, TimeSpan patience)
    {
        await WaitAsync(task, patience).ConfigureAwait(false);
        return task.IsCompleted;
    }

    private static CallOutcome<T> Conclude<T>(Task<T> task, bool limitIsOver, bool callerGaveUp) => task switch
    {
        { IsCompletedSuccessfully: true } => new CallOutcome<T> { Status = StepStatus.Succeeded, Value = task.Result },
        _ when callerGaveUp && IsCancellation(task) => new CallOutcome<T> { Status = StepStatus.Cancelled },
        _ when limitIsOver && IsCancellation(task) => new CallOutcome<T> { Status = StepStatus.TimedOut },
        { Exception.InnerException: TimeoutRejectedException } => new CallOutcome<T> { Status = StepStatus.TimedOut },
        _ => new CallOutcome<T> { Status = StepStatus.Failed, Exception = task.Exception?.InnerException ?? new TaskCanceledException(task) },
    };

    private static bool IsCancellation(Task task) => task.IsCanceled || task.Exception?.InnerException is OperationCanceledException;

    private static async Task ForgetAsync(Task task, CancellationTokenSource stop)
    {
        // Nobody waits for it any more, but its exception has to be observed and its token source to live as long as it does.
        await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private static async Task ObserveAsync(Task task) => await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>Waits on registrations of its own, which no callback of somebody else can hold up.</summary>
    private static async Task<bool> EndsBeforeAsync(Task task, CancellationToken limit, CancellationToken caller)
    {
        var fired = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var byLimit = limit.Register(static state => ((TaskCompletionSource)state!).TrySetResult(), fired);
        using var byCaller = caller.Register(static state => ((TaskCompletionSource)state!).TrySetResult(), fired);
        return await Task.WhenAny(task, fired.Task).ConfigureAwait(false) == task;
    }

    private async Task WaitAsync(Task task, TimeSpan grace)
    {
        if (grace <= TimeSpan.Zero)
        {
            return;
        }

        using var over = new CancellationTokenSource();
        await Task.WhenAny(task, Task.Delay(grace, _timeProvider, over.Token)).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
    }
}
