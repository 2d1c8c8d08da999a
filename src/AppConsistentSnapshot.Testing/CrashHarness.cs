using System.Collections.Concurrent;
using AppConsistentSnapshot.Reports;
using AppConsistentSnapshot.Testing.Crashes;

namespace AppConsistentSnapshot.Testing;

/// <summary>
/// Runs a snapshot on fake file systems and a fake journal, and at every boundary between two steps in turn lets the step fail, lets it hang,
/// and lets the process die; then another process recovers. After each: nothing is frozen, every application that was quiesced is resumed,
/// once where the end of its resume is known, no snapshot is there that nobody knows of, and no verdict says more than is true.
/// </summary>
/// <remarks>Use it with your own backend and participants, so that their recovery is tried from every state they can be left in.</remarks>
public sealed class CrashHarness
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Func<CrashScene> _createScene;
    private readonly ConcurrentQueue<string> _violations = new();
    private int _cases;

    /// <summary>Creates the harness.</summary>
    /// <param name="createScene">Makes a scene of its own for each run: nothing of it is shared with another one.</param>
    public CrashHarness(Func<CrashScene> createScene)
    {
        ArgumentNullException.ThrowIfNull(createScene);
        _createScene = createScene;
    }

    /// <summary>Gets or sets whether the recovery, too, is killed at each of its boundaries, and recovered in turn.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool KillRecovery { get; set; } = true;

    /// <summary>Makes all runs.</summary>
    /// <param name="cancellationToken">Ends it between two runs.</param>
    /// <exception cref="InvalidOperationException">The run without any fault does not succeed, so there is nothing to compare with.</exception>
    public async Task<CrashHarnessResult> RunAsync(CancellationToken cancellationToken = default)
    {
        var boundaries = await EnumerateAsync().ConfigureAwait(false);
        var cases = boundaries.SelectMany(static boundary =>
            new[] { CrashModes.Throw, CrashModes.Hang, CrashModes.Kill }.Where(mode => boundary.Modes.HasFlag(mode)).Select(mode => (boundary.Name, mode)));
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(cases, parallel, async (item, _) => await TryAsync(item.Name, item.mode).ConfigureAwait(false)).ConfigureAwait(false);
        return new CrashHarnessResult
        {
            Boundaries = [.. boundaries.Select(static boundary => boundary.Name)],
            Cases = _cases,
            Violations = [.. _violations],
        };
    }

    private async Task<IReadOnlyList<CrashBoundary>> EnumerateAsync()
    {
        var world = new CrashWorld(_createScene());
        var process = world.StartProcess(new CrashScript());
        var report = await process.RunAsync(hurry: false).WaitAsync(Patience, SystemClock.Instance).ConfigureAwait(false);
        return report.Outcome is SnapshotOutcome.Succeeded
            ? process.Script.Passed
            : throw new InvalidOperationException($"The run without any fault does not succeed: {report.ToJson()}");
    }

    private async Task TryAsync(string boundary, CrashModes mode)
    {
        var script = new CrashScript();
        await TryAsync(boundary, mode, script).ConfigureAwait(false);
        if (mode is not CrashModes.Kill || !KillRecovery)
        {
            return;
        }

        foreach (var place in script.Passed.Where(static place => place.Modes.HasFlag(CrashModes.Kill)))
        {
            await TryAsync(boundary, mode, new CrashScript(place.Name, CrashModes.Kill)).ConfigureAwait(false);
        }
    }

    /// <summary>One run that meets its fate, and the recoveries after it; the first recovery may meet its own.</summary>
    private async Task TryAsync(string boundary, CrashModes mode, CrashScript recovery)
    {
        _ = Interlocked.Increment(ref _cases);
        var where = $"{mode} {boundary}{(recovery.Target is null ? "" : $", recovery killed {recovery.Target}")}";
        try
        {
            var world = new CrashWorld(_createScene());
            var report = await LiveAsync(world, boundary, mode).ConfigureAwait(false);
            world.NoteDeath();
            var recovered = await RecoverAsync(world, recovery).ConfigureAwait(false);
            var again = await RecoverAsync(world, new CrashScript()).ConfigureAwait(false);
            var check = new CrashInvariants(world, report, [.. recovered, .. recovery.IsKilled ? again : []]);
            foreach (var violation in await check.FindAsync().ConfigureAwait(false))
            {
                _violations.Enqueue($"{where}: {violation}");
            }

            if (!recovery.IsKilled && again.Count > 0)
            {
                _violations.Enqueue($"{where}: a second recovery still finds something to do");
            }
        }
        catch (TimeoutException)
        {
            _violations.Enqueue($"{where}: it never came to an end");
        }
    }

    private static async Task<SnapshotReport?> LiveAsync(CrashWorld world, string boundary, CrashModes mode)
    {
        var process = world.StartProcess(new CrashScript(boundary, mode));
        var run = process.RunAsync(hurry: mode is CrashModes.Hang);
        await Task.WhenAny(run, process.Script.Killed).WaitAsync(Patience, SystemClock.Instance).ConfigureAwait(false);
        await process.DieAsync().ConfigureAwait(false);
        return process.Script.IsKilled ? null : await run.ConfigureAwait(false);
    }

    private static async Task<IReadOnlyList<Recovery.RecoveredRun>> RecoverAsync(CrashWorld world, CrashScript script)
    {
        var process = world.StartProcess(script);
        var recovery = process.RecoverAsync();
        await Task.WhenAny(recovery, script.Killed).WaitAsync(Patience, SystemClock.Instance).ConfigureAwait(false);
        await process.DieAsync().ConfigureAwait(false);
        return script.IsKilled ? [] : (await recovery.ConfigureAwait(false)).Runs;
    }
}
