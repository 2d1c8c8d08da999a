using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Tests.Scripts;

/// <summary>A process that ends when the test, or a signal that it does not resist, says so.</summary>
internal sealed class FakeProcess : IRunningProcess
{
    private readonly TaskCompletionSource<ProcessExit> _exited = new();
    private readonly TaskCompletionSource _gone = new();
    private readonly TaskCompletionSource _terminated = new();
    private readonly TaskCompletionSource _killed = new();

    public int Id { get; init; } = 4711;

    public Task<ProcessExit> Exited => _exited.Task;

    public string? CgroupProblem { get; init; }

    public IReadOnlyList<int> Alive => _gone.Task.IsCompleted ? [] : [Id];

    /// <summary>The signal that ends it and all its kin; null for one in an uninterruptible sleep.</summary>
    public ProcessSignal? EndsBy { get; init; } = ProcessSignal.Terminate;

    public List<(ProcessSignal Signal, EndScope Scope)> Signals { get; } = [];

    public Task Terminated => _terminated.Task;

    public Task Killed => _killed.Task;

    public bool IsDisposed { get; private set; }

    public void Exit(int code) => _exited.TrySetResult(new ProcessExit { ExitCode = code });

    public void ExitBy(int signal) => _exited.TrySetResult(new ProcessExit { Signal = signal });

    public Task EndAsync(ProcessSignal signal, EndScope scope, CancellationToken waitLimit)
    {
        Assert.False(IsDisposed);
        Signals.Add((signal, scope));
        if (signal == EndsBy || (signal == ProcessSignal.Kill && EndsBy == ProcessSignal.Terminate))
        {
            _gone.TrySetResult();
            ExitBy((int)signal);
        }

        var task = _gone.Task.WaitAsync(waitLimit);
        (signal == ProcessSignal.Terminate ? _terminated : _killed).TrySetResult();
        return task;
    }

    public void Dispose() => IsDisposed = true;
}
