using AppConsistentSnapshot.Diagnostics;
using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Interop;
using Microsoft.Extensions.Logging;

namespace AppConsistentSnapshot.Scripts;

/// <summary>Executes a script once: looks at it again, starts it, waits for it, and ends what is left of it where that is due.</summary>
internal sealed class ScriptExecutor
{
    private readonly IProcessLauncher _launcher;
    private readonly IUserAccounts _accounts;
    private readonly ScriptRunnerOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly ScriptEnder _ender;

    public ScriptExecutor(
        IProcessLauncher launcher, IUserAccounts accounts, ScriptRunnerOptions options, TimeProvider timeProvider, ILogger<ScriptExecutor> logger)
    {
        _launcher = launcher;
        _accounts = accounts;
        _options = options;
        _timeProvider = timeProvider;
        _logger = logger;
        _ender = new ScriptEnder(options.GracePeriod, timeProvider, logger);
    }

    /// <param name="attempts">Where the try is noted.</param>
    /// <param name="stop">The limit or the caller: what runs is ended before this throws.</param>
    /// <exception cref="OperationCanceledException">It was stopped, and ended.</exception>
    public async Task<ScriptTryResult> TryAsync(ScriptAttempts attempts, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        var run = attempts.Run;
        attempts.Count++;
        attempts.ExitCode = null;
        if (!TryChoosePath(attempts, out var path, out var change))
        {
            return ScriptTryResult.Failed(change, mayTryAgain: false);
        }

        Log.ScriptStarts(_logger, run.Kind, path, run.RunId, attempts.Count, run.Tries);
        var output = new ScriptTryOutput(attempts.Output);
        try
        {
            return await ExecuteAsync(attempts, ScriptLaunch.Request(run, path, output, _options.Umask, _accounts.Executing), stop)
                .ConfigureAwait(false);
        }
        finally
        {
            output.End();
        }
    }

    // Asked immediately before each execution. An application must not be left quiesced, so a changed post-script is no reason to run none.
    private static bool TryChoosePath(ScriptAttempts attempts, out string path, out SnapshotError change)
    {
        var script = attempts.Run.Script;
        path = script.Command.Path;
        change = script.Recheck()!;
        if (change is null)
        {
            return true;
        }

        if (attempts.Run.Phase == ScriptPhase.Pre || script.CheckedCopyPath is not { } copy)
        {
            return false;
        }

        attempts.Warn(ScriptErrors.CopyUsed(attempts.Run, change));
        path = copy;
        return true;
    }

    private async Task<ScriptTryResult> ExecuteAsync(ScriptAttempts attempts, LaunchRequest request, CancellationToken stop)
    {
        var starting = _launcher.LaunchAsync(request);
        if (!await IsDoneAsync(starting, stop).ConfigureAwait(false))
        {
            attempts.Run.MayHaveStarted = true;
            await GiveUpStartAsync(attempts, starting).ConfigureAwait(false);
            throw new OperationCanceledException(stop);
        }

        var launch = await starting.ConfigureAwait(false);
        if (launch.Process is null)
        {
            return Failed(attempts, ScriptErrors.NotStarted(attempts.Run, launch, attempts.Count), ScriptLaunch.IsTransient(launch.Errno));
        }

        attempts.Run.MayHaveStarted = true;
        using var process = launch.Process;
        return await AttendAsync(attempts, process, stop).ConfigureAwait(false);
    }

    private async Task<ScriptTryResult> AttendAsync(ScriptAttempts attempts, IRunningProcess process, CancellationToken stop)
    {
        var isOver = await IsDoneAsync(process.Exited, stop).ConfigureAwait(false);
        if (process.CgroupProblem is { } problem)
        {
            attempts.Warn(ScriptErrors.NoCgroup(attempts.Run, problem));
        }

        if (!isOver)
        {
            attempts.Leave(await _ender.EndAsync(attempts.Run, process).ConfigureAwait(false));
            throw new OperationCanceledException(stop);
        }

        var exit = await process.Exited.ConfigureAwait(false);
        attempts.ExitCode = exit.ExitCode;
        if (exit.ExitCode == 0)
        {
            return ScriptTryResult.Succeeded;
        }

        // Before the next try, so that two never run at once. After a pre-script's last too: what it left could quiesce the application
        // while, or after, the post-script resumes it.
        if (attempts.Run.Phase == ScriptPhase.Pre || !(attempts.IsLast || stop.IsCancellationRequested))
        {
            attempts.Leave(await _ender.EndAsync(attempts.Run, process).ConfigureAwait(false));
        }

        return Failed(attempts, ScriptErrors.Ended(attempts.Run, exit, attempts.Count), mayTryAgain: true);
    }

    private ScriptTryResult Failed(ScriptAttempts attempts, SnapshotError error, bool mayTryAgain)
    {
        Log.ScriptTryFailed(_logger, attempts.Count, attempts.Run.Tries, attempts.Run.Kind, attempts.Run.Path, error.Message);
        return ScriptTryResult.Failed(error, mayTryAgain);
    }

    // An exec can hang in the kernel, on a disk that does not answer. Whatever still starts must not run on its own.
    private async Task GiveUpStartAsync(ScriptAttempts attempts, Task<LaunchResult> starting)
    {
        using var wait = new CancellationTokenSource(ScriptRunnerOptions.KillWait, _timeProvider);
        var ending = EndStartedAsync(attempts, starting);
        if (!await IsDoneAsync(starting, wait.Token).ConfigureAwait(false))
        {
            attempts.LeaveUnstarted();
            return;
        }

        attempts.Leave(await ending.ConfigureAwait(false));
    }

    private async Task<IReadOnlyList<int>> EndStartedAsync(ScriptAttempts attempts, Task<LaunchResult> starting)
    {
        var launch = await starting.ConfigureAwait(false);
        using var process = launch.Process;
        return process is null ? [] : await _ender.EndAsync(attempts.Run, process).ConfigureAwait(false);
    }

    // What is done counts, also where the time is over at the same moment.
    private static async Task<bool> IsDoneAsync(Task task, CancellationToken stop)
    {
        try
        {
            await task.WaitAsync(stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return task.IsCompleted;
        }

        return true;
    }
}
