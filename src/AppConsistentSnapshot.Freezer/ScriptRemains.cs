using AppConsistentSnapshot.Freezing.Process;
using AppConsistentSnapshot.Interop;
using AppConsistentSnapshot.Interop.Linux;
using AppConsistentSnapshot.Scripts;

namespace AppConsistentSnapshot.Freezer;

/// <summary>What is left of the scripts of a dead host. They are nobody's children now, so their marks and their cgroups tell them.</summary>
internal sealed class ScriptRemains
{
    private static readonly TimeSpan UnclearPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPostScript = TimeSpan.FromMinutes(30);

    private readonly ResumeObligation _obligation;
    private readonly string _cgroupPattern;
    private readonly string? _hostCgroup;
    private readonly TimeProvider _timeProvider;

    public ScriptRemains(ResumeObligation obligation, string cgroupPattern, string? hostCgroup, TimeProvider timeProvider)
    {
        _obligation = obligation;
        _cgroupPattern = cgroupPattern;
        _hostCgroup = hostCgroup;
        _timeProvider = timeProvider;
    }

    /// <summary>Ends a pre-script that still runs, so that it cannot quiesce the application after it was resumed.</summary>
    public async Task EndPreScriptAsync(TimeSpan grace)
    {
        await EndAsync(ProcessSignal.Terminate, grace).ConfigureAwait(false);
        await EndAsync(ProcessSignal.Kill, ScriptRunnerOptions.KillWait).ConfigureAwait(false);
    }

    /// <summary>Waits for a post-script that still runs: two of them at once would be worse than one late.</summary>
    public async Task AwaitPostScriptAsync(CancellationToken deadline)
    {
        using var limit = new CancellationTokenSource(PostScriptLimit(), _timeProvider);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, deadline);
        while (!stop.IsCancellationRequested)
        {
            var leaders = FindLeaders(out var isUnclear);
            if (leaders.Count > 0)
            {
                Task gone = DedicatedWait(leaders);
                await gone.WaitAsync(stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            else if (isUnclear)
            {
                // In the middle of an exec, which passes.
                await Task.Delay(UnclearPause, _timeProvider, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            else
            {
                return;
            }
        }
    }

    // What it started and left running has its marks too, but does not lead its session, or is of no concern after its limit.
    private List<ProcessMember> FindLeaders(out bool isUnclear)
    {
        var leaders = new List<ProcessMember>();
#pragma warning disable CA2000 // Its members are handed on or disposed one by one.
        var look = Family(ScriptPhase.Post, null).Look(EndScope.Everything);
#pragma warning restore CA2000
        isUnclear = look.IsUnclear;
        foreach (var member in look.Members)
        {
            if (ProcessStat.TryRead(member.Pid)?.Session == member.Pid)
            {
                leaders.Add(member);
            }
            else
            {
                member.Dispose();
            }
        }

        return leaders;
    }

    private static Task<bool> DedicatedWait(List<ProcessMember> members) => Freezing.DedicatedThread.RunAsync("acs wait", () =>
    {
        foreach (var member in members)
        {
            Span<PollEntry> entries = [member.PollEntry];
            _ = ProcessCalls.Poll(entries, -1);
            member.Dispose();
        }

        return true;
    });

    private async Task EndAsync(ProcessSignal signal, TimeSpan wait)
    {
        foreach (var cgroup in (IEnumerable<ScriptCgroup?>)[null, .. PreScriptCgroups()])
        {
            using var limit = new CancellationTokenSource(wait, _timeProvider);
            var ender = new ProcessEnder(Family(ScriptPhase.Pre, cgroup), cgroup, signal, EndScope.Everything, groupIsSignalled: false, static _ => { });
            await ender.RunAsync(Task.CompletedTask, limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // A process that cleared its environment is known by its cgroup alone. One in which anything of a post-script lives is that one's.
    private IEnumerable<ScriptCgroup> PreScriptCgroups()
    {
        if (_hostCgroup is null || !Directory.Exists(_hostCgroup))
        {
            return [];
        }

        using var look = Family(ScriptPhase.Post, null).Look(EndScope.Everything);
        var resuming = look.Members.Select(static member => member.Pid).ToHashSet();

        return Directory.GetDirectories(_hostCgroup, _cgroupPattern)
            .Select(static path => new ScriptCgroup(path))
            .Where(cgroup => !cgroup.Pids().Any(resuming.Contains));
    }

    // No leader: its number may be anybody's by now.
    private ProcessFamily Family(ScriptPhase phase, ScriptCgroup? cgroup) =>
        new(0, static () => false, cgroup, ScriptEnvironment.Marks(phase, _obligation.RunId, _obligation.Plan));

    private TimeSpan PostScriptLimit() =>
        ScriptRecovery.TimeoutOf(_obligation.RecoveryState) ?? LongestPostScript;
}
