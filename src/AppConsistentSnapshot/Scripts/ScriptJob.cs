using AppConsistentSnapshot.Participants;
using Microsoft.Extensions.Logging;

namespace AppConsistentSnapshot.Scripts;

/// <summary>Runs scripts, and waits at the end, but not for long, until their output has been logged.</summary>
internal sealed class ScriptJob : IAsyncDisposable
{
    // A run must not wait for a logger that hangs.
    private static readonly TimeSpan LogWait = TimeSpan.FromSeconds(1);

    private readonly ScriptRunner _runner;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly List<OutputLog> _logs = [];

    public ScriptJob(ScriptRunner runner, TimeProvider timeProvider, ILogger<ScriptJob> logger)
    {
        _runner = runner;
        _timeProvider = timeProvider;
        _logger = logger;
    }

    public Task<ParticipantResult> RunAsync(ScriptRun run, CancellationToken cancellationToken)
    {
        var log = new OutputLog(_logger, run.Kind, run.Path);
        _logs.Add(log);
        return _runner.RunAsync(run, log, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        var written = Task.WhenAll(_logs.Select(static log => log.Written));
        using var wait = new CancellationTokenSource(LogWait, _timeProvider);

        // A logger that throws or hangs has lost its lines; there is nobody left to tell.
        await written.WaitAsync(wait.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
