using AppConsistentSnapshot.Freezing;
using AppConsistentSnapshot.Interop;
using AppConsistentSnapshot.Scripts;

namespace AppConsistentSnapshot.Recovery;

/// <summary>What still runs of the scripts of a run that died; their environment tells whose they are.</summary>
internal sealed class ScriptRemains
{
    private static readonly TimeSpan LookLimit = TimeSpan.FromSeconds(10);

    private readonly RecoveryParts _parts;
    private readonly string _runId;
    private readonly string _plan;

    public ScriptRemains(RecoveryParts parts, string runId, string plan)
    {
        _parts = parts;
        _runId = runId;
        _plan = plan;
    }

    /// <summary>Ends the pre-script, by SIGTERM and then by SIGKILL: it must not go on when the application was resumed.</summary>
    /// <returns>What does not end.</returns>
    public async Task<IReadOnlyList<int>> EndPreScriptAsync()
    {
        var marks = ScriptEnvironment.Marks(ScriptPhase.Pre, _runId, _plan);
        foreach (var (signal, patience) in new[] { (ProcessSignal.Terminate, _parts.Options.GracePeriod), (ProcessSignal.Kill, ScriptRunnerOptions.KillWait) })
        {
            if ((await FindAsync(marks).ConfigureAwait(false)).Count == 0)
            {
                return [];
            }

            await LookAsync(() =>
            {
                _parts.Home.Processes.SignalMarked(marks, signal);
                return true;
            }).ConfigureAwait(false);
            _ = await IsGoneAsync(marks, patience).ConfigureAwait(false);
        }

        return await FindAsync(marks).ConfigureAwait(false);
    }

    /// <summary>Waits for a post-script that still runs. It has the time that a post-script has.</summary>
    public Task<bool> WaitForPostScriptAsync() => IsGoneAsync(ScriptEnvironment.Marks(ScriptPhase.Post, _runId, _plan), _parts.LongestScript);

    private async Task<bool> IsGoneAsync(IReadOnlyList<string> marks, TimeSpan limit)
    {
        var startedAt = _parts.TimeProvider.GetTimestamp();
        while ((await FindAsync(marks).ConfigureAwait(false)).Count > 0)
        {
            var left = limit - _parts.TimeProvider.GetElapsedTime(startedAt);
            if (left <= TimeSpan.Zero)
            {
                return false;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(250, left.TotalMilliseconds)), _parts.TimeProvider, CancellationToken.None).ConfigureAwait(false);
        }

        return true;
    }

    private async Task<IReadOnlyList<int>> FindAsync(IReadOnlyList<string> marks) =>
        await LookAsync(() => _parts.Home.Processes.FindMarked(marks)).ConfigureAwait(false) ?? [];

    // To read the environment of a process that is stuck can block for as long as it is; nobody is kept quiesced for that.
    private async Task<T?> LookAsync<T>(Func<T> look)
    {
        try
        {
            return await DedicatedThread.RunAsync("recover look", look).WaitAsync(LookLimit, _parts.TimeProvider).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return default;
        }
    }
}
