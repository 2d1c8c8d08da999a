namespace AppConsistentSnapshot.Testing;

/// <summary>What a fake does instead of, or before, what it should.</summary>
public sealed class FakeFault
{
    private readonly Func<TimeProvider, CancellationToken, Task> _play;

    private FakeFault(Func<TimeProvider, CancellationToken, Task> play) => _play = play;

    /// <summary>Gets a fault that does nothing: the call succeeds. For a place in a sequence of faults.</summary>
    public static FakeFault None { get; } = new(static (_, _) => Task.CompletedTask);

    /// <summary>Makes a fault that throws.</summary>
    /// <param name="exception">What is thrown.</param>
    public static FakeFault Throw(Exception exception) => new((_, _) => Task.FromException(exception));

    /// <summary>Makes a fault that never returns until the call's token fires.</summary>
    public static FakeFault Hang() => new(static (timeProvider, token) => Task.Delay(Timeout.InfiniteTimeSpan, timeProvider, token));

    /// <summary>Makes a fault that ignores its token and returns only when <paramref name="released"/> completes.</summary>
    /// <param name="released">What ends it; a task that never completes hangs for good.</param>
    public static FakeFault IgnoreCancellation(Task released) => new((_, _) => released);

    /// <summary>Makes a fault that blocks its thread, as a system call would, until <paramref name="released"/> is set.</summary>
    /// <param name="released">What ends it.</param>
    public static FakeFault BlockThread(ManualResetEventSlim released) => new((_, _) =>
    {
        released.Wait(CancellationToken.None);
        return Task.CompletedTask;
    });

    /// <summary>Makes a fault that takes its time and then does what it should.</summary>
    /// <param name="delay">How long, by the fake's clock.</param>
    public static FakeFault Delay(TimeSpan delay) => new((timeProvider, token) => Task.Delay(delay, timeProvider, token));

    /// <summary>Makes a fault of the test's own, such as one that changes something at this very moment.</summary>
    /// <param name="action">What is done, before what the fake should do.</param>
    public static FakeFault Run(Action action) => new((_, _) =>
    {
        action();
        return Task.CompletedTask;
    });

    internal Task PlayAsync(TimeProvider timeProvider, CancellationToken cancellationToken) => _play(timeProvider, cancellationToken);
}
