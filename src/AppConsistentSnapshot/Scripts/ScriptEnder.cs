using System.Globalization;
using AppConsistentSnapshot.Diagnostics;
using AppConsistentSnapshot.Interop;
using Microsoft.Extensions.Logging;

namespace AppConsistentSnapshot.Scripts;

/// <summary>Ends what is left of a script: asks, waits, kills.</summary>
/// <remarks>
/// Of a pre-script everything, wherever it went: nothing may quiesce an application that is being resumed. Of a post-script only its
/// process group: it may just have started the application again.
/// </remarks>
internal sealed class ScriptEnder
{
    private readonly TimeSpan _gracePeriod;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;

    public ScriptEnder(TimeSpan gracePeriod, TimeProvider timeProvider, ILogger logger)
    {
        _gracePeriod = gracePeriod;
        _timeProvider = timeProvider;
        _logger = logger;
    }

    /// <summary>Takes at most the grace period and the kill wait.</summary>
    /// <returns>What SIGKILL did not end.</returns>
    public async Task<IReadOnlyList<int>> EndAsync(ScriptRun run, IRunningProcess process)
    {
        var scope = run.Phase == ScriptPhase.Pre ? EndScope.Everything : EndScope.Group;
        Log.ScriptIsEnded(_logger, run.Kind, run.Path, process.Id, scope == EndScope.Everything ? "everything that stems from it" : "its process group");
        if (await IsGoneAsync(process, ProcessSignal.Terminate, scope, _gracePeriod).ConfigureAwait(false))
        {
            return [];
        }

        Log.ScriptIsKilled(_logger, run.Kind, run.Path, _gracePeriod, Text(process.Alive));
        if (await IsGoneAsync(process, ProcessSignal.Kill, scope, ScriptRunnerOptions.KillWait).ConfigureAwait(false))
        {
            return [];
        }

        var alive = process.Alive;
        Log.ScriptCannotBeEnded(_logger, run.Kind, run.Path, Text(alive));
        return alive;
    }

    private async Task<bool> IsGoneAsync(IRunningProcess process, ProcessSignal signal, EndScope scope, TimeSpan limit)
    {
        using var wait = new CancellationTokenSource(limit, _timeProvider);
        try
        {
            await process.EndAsync(signal, scope, wait.Token).ConfigureAwait(false);

            // Its last words come a moment after it.
            _ = await process.Exited.WaitAsync(wait.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (wait.IsCancellationRequested)
        {
            return false;
        }
    }

    private static string Text(IReadOnlyList<int> pids) =>
        string.Join(' ', pids.Select(static pid => pid.ToString(CultureInfo.InvariantCulture)));
}
