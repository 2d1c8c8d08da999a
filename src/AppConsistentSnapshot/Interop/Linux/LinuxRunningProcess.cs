using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace AppConsistentSnapshot.Interop.Linux;

/// <summary>A script's process and the thread that drains its pipes.</summary>
// The promise of this class
// -------------------------
// - The end is noticed by the kernel's event, at once, and what was written until then is handed on first.
// - The pipes are drained until nobody can write to them any more, also after the end and after Dispose: a daemon that the script
//   left would else die of SIGPIPE or block on a full pipe.
// - The process is a zombie until Dispose, so its number cannot become somebody else's while it is used to signal its group.
[SupportedOSPlatform("linux")]
internal sealed class LinuxRunningProcess : IRunningProcess
{
    private const int BufferSize = 16 * 1024;

    private readonly Lock _lock = new();
    private readonly SafeFileHandle? _descriptor;
    private readonly PipePair _pipes;
    private readonly CgroupMove _move;
    private readonly ProcessFamily _family;
    private readonly PipeDrain[] _drains;
    private readonly TaskCompletionSource<ProcessExit> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile IReadOnlyList<int> _alive = [];
    private bool _isOver;
    private bool _isDisposed;
    private bool _isReaped;

    private LinuxRunningProcess(int id, SafeFileHandle? descriptor, PipePair pipes, CgroupMove move, LaunchRequest request)
    {
        Id = id;
        _descriptor = descriptor;
        _isReaped = descriptor is null;
        _pipes = pipes;
        _move = move;
        _family = new ProcessFamily(id, () => !_isReaped, move.Cgroup, request.Marks);
        _drains =
        [
            new PipeDrain(pipes.OutputReader, OutputStream.StandardOutput, request.Output),
            new PipeDrain(pipes.ErrorReader, OutputStream.StandardError, request.Output),
        ];
    }

    public int Id { get; }

    public Task<ProcessExit> Exited => _exited.Task;

    public string? CgroupProblem => _move.Problem;

    public IReadOnlyList<int> Alive => _alive;

    /// <summary>Opens a child that was just started, or null where it cannot be attended to.</summary>
    public static LinuxRunningProcess? TryOpen(int id, PipePair pipes, CgroupMove move, LaunchRequest request, out Errno errno)
    {
        SafeFileHandle? descriptor = null;
        try
        {
            descriptor = ProcessCalls.OpenProcess(id, out errno);
            if (descriptor is null && errno != Errno.ESRCH)
            {
                return null;
            }

            // ESRCH: it has ended and was reaped by somebody else, or by the kernel since SIGCHLD is ignored. Its output is still there.

            var process = new LinuxRunningProcess(id, descriptor, pipes, move, request);
            descriptor = null;
            return process;
        }
        finally
        {
            descriptor?.Dispose();
        }
    }

    public Task EndAsync(ProcessSignal signal, EndScope scope, CancellationToken waitLimit)
    {
        var groupIsSignalled = SignalGroup(signal);
        var ender = new ProcessEnder(_family, _move.Cgroup, signal, scope, groupIsSignalled, pids => _alive = pids);
        return ender.RunAsync(_move.Done, waitLimit);
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            ReapIfOver();
        }
    }

    /// <summary>Attends to it until it has ended and its pipes too. The calling thread is given to it.</summary>
    public void Attend()
    {
        try
        {
            _move.Begin(_family, Id);
            var buffer = new byte[BufferSize];
            if (_descriptor is null)
            {
                OnExit(buffer);
            }

            while (!_exited.Task.IsCompleted || !_drains.All(static drain => drain.IsAtEnd))
            {
                DrainOnce(buffer);
            }
        }
        finally
        {
            // Only an exception leaves it open until here.
            _ = _exited.TrySetResult(new ProcessExit { WaitError = Errno.EIO });
            _pipes.Dispose();
            _descriptor?.Dispose();
        }
    }

    private void DrainOnce(byte[] buffer)
    {
        Span<PollEntry> entries =
        [
            new PollEntry(_exited.Task.IsCompleted ? -1 : (int)_descriptor!.DangerousGetHandle()),
            _drains[0].PollEntry,
            _drains[1].PollEntry,
        ];
        var errno = ProcessCalls.Poll(entries, -1);
        if (errno != Errno.None)
        {
            // Out of memory. Reading goes on all the same, so that this is no busy loop without an effect.
            Thread.Sleep(1);
        }

        // One read a turn, so that neither pipe nor a never-ending output can hide the end.
        foreach (var drain in _drains)
        {
            _ = drain.ReadOnce(buffer);
        }

        if (entries[0].IsReady)
        {
            OnExit(buffer);
        }
    }

    private void OnExit(byte[] buffer)
    {
        var exit = ProcessCalls.TryWait(Id);
        if (exit is null)
        {
            // Somebody traces it and sees its end first (ptrace(2)).
            Thread.Sleep(1);
            return;
        }

        foreach (var drain in _drains)
        {
            drain.ReadWhatIsThere(buffer);
        }

        lock (_lock)
        {
            _isOver = true;
            // Reaped by the kernel (SIGCHLD is ignored) or by somebody else in this process: the number is free.
            _isReaped = exit.WaitError != Errno.None;
            ReapIfOver();
        }

        _ = _exited.TrySetResult(exit);
    }

    private bool SignalGroup(ProcessSignal signal)
    {
        lock (_lock)
        {
            return !_isReaped && ProcessCalls.SignalGroup(Id, (int)signal) == Errno.None;
        }
    }

    private void ReapIfOver()
    {
        if (!_isOver || !_isDisposed)
        {
            return;
        }

        if (!_isReaped)
        {
            _isReaped = true;
            ProcessCalls.Reap(Id);
        }

        _move.Release();
    }
}
