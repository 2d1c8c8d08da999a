using AppConsistentSnapshot.Diagnostics;
using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Participants;
using AppConsistentSnapshot.Reports;
using Microsoft.Extensions.Logging;
using Polly.Timeout;

namespace AppConsistentSnapshot.Scripts;

/// <summary>Runs a script with all its tries, within one limit.</summary>
// The promise of this class
// -------------------------
// - It returns: at the latest after the limit, the grace period and the kill wait, whatever the script does.
// - When it returns without success, nothing of a pre-script lives, or what does is in 'LeftBehind'.
// - After a success nothing is killed.
internal sealed class ScriptRunner
{
    private readonly ScriptExecutor _executor;
    private readonly ScriptRunnerOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;

    public ScriptRunner(ScriptExecutor executor, ScriptRunnerOptions options, TimeProvider timeProvider, ILogger<ScriptRunner> logger)
    {
        _executor = executor;
        _options = options;
        _timeProvider = timeProvider;
        _logger = logger;
    }

    /// <param name="run">The script.</param>
    /// <param name="log">Where its output is logged.</param>
    /// <param name="cancellationToken">For a pre-script: the caller gave up. For a post-script: the run's time for it is over.</param>
    public async Task<ParticipantResult> RunAsync(ScriptRun run, OutputLog log, CancellationToken cancellationToken)
    {
        var attempts = new ScriptAttempts(run, new ScriptOutput(log));
        var pipeline = ScriptPipelines.Create(run.Timeout, run.Script.Command.Retries, _options.RetryDelay, _timeProvider);
        using var progress = new ScriptProgress(run, () => attempts.Count, _timeProvider, _logger);
        try
        {
            var end = await pipeline.ExecuteAsync(
                static (state, token) => new ValueTask<ScriptTryResult>(state._executor.TryAsync(state.attempts, token)),
                (_executor, attempts),
                cancellationToken).ConfigureAwait(false);
            return Finish(attempts, end.Error, progress.Elapsed);
        }
        catch (TimeoutRejectedException)
        {
            return TimedOut(attempts, byDeadline: false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return run.Phase == ScriptPhase.Pre ? attempts.ToResult(StepStatus.Cancelled) : TimedOut(attempts, byDeadline: true);
        }
        finally
        {
            log.Complete();
        }
    }

    private static ParticipantResult TimedOut(ScriptAttempts attempts, bool byDeadline)
    {
        // Of an earlier try; the last one has none.
        attempts.ExitCode = null;
        return attempts.ToResult(StepStatus.TimedOut, ScriptErrors.TimedOut(attempts.Run, attempts.Count, byDeadline));
    }

    private ParticipantResult Finish(ScriptAttempts attempts, SnapshotError? error, TimeSpan elapsed)
    {
        if (error is not null)
        {
            return attempts.ToResult(StepStatus.Failed, error);
        }

        Log.ScriptSucceeded(_logger, attempts.Run.Kind, attempts.Run.Path, attempts.Run.RunId, attempts.Count, elapsed);
        return attempts.ToResult(StepStatus.Succeeded);
    }
}
