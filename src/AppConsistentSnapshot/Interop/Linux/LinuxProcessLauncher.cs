using System.Runtime.Versioning;

namespace AppConsistentSnapshot.Interop.Linux;

/// <summary>Starts programs, each from a thread of its own that then drains its pipes.</summary>
/// <remarks>
/// The thread has a working directory and umask of its own (CLONE_FS undone), which the child inherits: nothing of the host's is changed.
/// </remarks>
[SupportedOSPlatform("linux")]
internal sealed class LinuxProcessLauncher : IProcessLauncher
{
    private readonly ScriptCgroups _cgroups;
    private readonly bool _forceCloseEach;

    public LinuxProcessLauncher()
        : this(new ScriptCgroups(), forceCloseEach: false)
    {
    }

    /// <param name="cgroups">Where cgroups are made.</param>
    /// <param name="forceCloseEach">Whether to go without <c>posix_spawn_file_actions_addclosefrom_np</c>, as on musl.</param>
    internal LinuxProcessLauncher(ScriptCgroups cgroups, bool forceCloseEach)
    {
        Libc.Require(nameof(LinuxProcessLauncher));
        _cgroups = cgroups;
        _forceCloseEach = forceCloseEach;
    }

    public Task<LaunchResult> LaunchAsync(LaunchRequest request)
    {
        if (request.Arguments.Append(request.Path).Concat(request.Environment).Any(static text => text.Contains('\0', StringComparison.Ordinal)))
        {
            // It would be cut off there without a word.
            return Task.FromResult(LaunchResult.Failed("a text with a null character", Errno.EINVAL));
        }

        var launched = new TaskCompletionSource<LaunchResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            // Never one of the pool: it is not given back as it was.
            KernelThread.Start("acsnap script", () => Run(request, launched));
        }
        catch (OutOfMemoryException)
        {
            return Task.FromResult(LaunchResult.Failed("pthread_create", Errno.EAGAIN));
        }

        return launched.Task;
    }

    private void Run(LaunchRequest request, TaskCompletionSource<LaunchResult> launched)
    {
        try
        {
            var result = Start(request);
            launched.SetResult(result);
            (result.Process as LinuxRunningProcess)?.Attend();
        }
#pragma warning disable CA1031 // The last frame of a thread: what is not handed on here would end the host.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _ = launched.TrySetException(exception);
        }
    }

    private LaunchResult Start(LaunchRequest request)
    {
        using (var self = ProcessCalls.OpenProcess(Environment.ProcessId, out var unable))
        {
            // Before anything is started: without it the end of a script could not be noticed.
            if (self is null)
            {
                return LaunchResult.Failed("pidfd_open (Linux 5.3)", unable);
            }
        }

        var errno = ProcessCalls.IsolateThread((int)request.Umask, out var call);
        return errno == Errno.None ? StartWithPipes(request) : LaunchResult.Failed(call, errno);
    }

    private LaunchResult StartWithPipes(LaunchRequest request)
    {
        var pipes = new PipePair();
        try
        {
            var errno = pipes.Create();
            if (errno != Errno.None)
            {
                return LaunchResult.Failed("pipe2", errno);
            }

            var result = StartWithCgroup(request, pipes);
            pipes = result.Process is null ? pipes : null;
            return result;
        }
        finally
        {
            pipes?.Dispose();
        }
    }

    private LaunchResult StartWithCgroup(LaunchRequest request, PipePair pipes)
    {
        var move = new CgroupMove(_cgroups, request.CgroupName);
        var result = Spawn(request, pipes, move);
        if (result.Process is null)
        {
            move.Abandon();
        }

        return result;
    }

    private LaunchResult Spawn(LaunchRequest request, PipePair pipes, CgroupMove move)
    {
        var errno = Spawner.Start(request, pipes.OutputWriter, pipes.ErrorWriter, _forceCloseEach, out var pid);
        pipes.CloseWriters();
        if (errno != Errno.None)
        {
            return LaunchResult.Failed("execve", errno, ScriptHead.Interpreter(request.Path));
        }

        var result = new LaunchResult
        {
            Process = LinuxRunningProcess.TryOpen(pid, pipes, move, request, out errno),
            Call = "pidfd_open",
            Errno = errno,
        };
        if (result.Process is null)
        {
            KillUnattended(pid);
        }

        return result;
    }

    // Nobody would notice its end, so it must not run. Only where it still is our child is the number its own.
    private static void KillUnattended(int pid)
    {
        if (ProcessCalls.TryWait(pid) is null or { WaitError: Errno.None })
        {
            _ = ProcessCalls.SignalGroup(pid, (int)ProcessSignal.Kill);
            ProcessCalls.Reap(pid);
        }
    }
}
