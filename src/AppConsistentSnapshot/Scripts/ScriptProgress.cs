using AppConsistentSnapshot.Diagnostics;
using Microsoft.Extensions.Logging;

namespace AppConsistentSnapshot.Scripts;

/// <summary>Tells, every so often, that a script still runs.</summary>
internal sealed class ScriptProgress : IDisposable
{
    private readonly ScriptRun _run;
    private readonly Func<int> _tries;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly long _start;
    private readonly ITimer _timer;

    public ScriptProgress(ScriptRun run, Func<int> tries, TimeProvider timeProvider, ILogger logger)
    {
        _run = run;
        _tries = tries;
        _timeProvider = timeProvider;
        _logger = logger;
        _start = timeProvider.GetTimestamp();
        _timer = timeProvider.CreateTimer(
            static state => ((ScriptProgress)state!).Report(), this, run.ProgressInterval, run.ProgressInterval);
    }

    public TimeSpan Elapsed => _timeProvider.GetElapsedTime(_start);

    public void Dispose() => _timer.Dispose();

    private void Report()
    {
        try
        {
            _run.ReportProgress(
                $"The {_run.Kind} '{_run.Path}' has been running for {Elapsed.TotalSeconds:0} s of at most {_run.Timeout.TotalSeconds:0} s, try {_tries()} of {_run.Tries}");
        }
#pragma warning disable CA1031 // The caller's code, on a timer's thread: what leaves here ends the host.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.ProgressFailed(_logger, exception);
        }
    }
}
