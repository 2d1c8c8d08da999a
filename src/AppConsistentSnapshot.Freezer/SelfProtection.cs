using System.Globalization;
using System.Runtime;
using AppConsistentSnapshot.Freezing.Process;
using AppConsistentSnapshot.Interop;
using AppConsistentSnapshot.Interop.Linux;

namespace AppConsistentSnapshot.Freezer;

/// <summary>Everything that could end or delay this process and that it can do something against.</summary>
internal sealed class SelfProtection
{
    private const string CgroupPrefix = "acs-freezer-";
    private const string ScorePath = "/proc/self/oom_score_adj";
    private const int ReservedBytes = 4 * 1024 * 1024;
    private const int LastStandardSignal = 31;
    private const int FirstFreeRealTimeSignal = 35;
    private const int LastSignal = 64;

    private string? _score;
    private string? _top;
    private ScriptCgroup? _cgroup;

    /// <summary>The cgroup folder that the host had when it started this process.</summary>
    public string? HostCgroup { get; private set; }

    public static int ParentId() => SelfCalls.ParentId();

    /// <summary>Ignores what can be ignored and would end or stop it: a shutdown sends SIGTERM to everybody.</summary>
    public static void IgnoreSignals()
    {
        for (var signal = 1; signal <= LastSignal; signal++)
        {
            // SIGKILL and SIGSTOP cannot be; faults must not; SIGCHLD and SIGCONT do nothing; the C library and the runtime use 32 to 34.
            if (signal is 4 or 5 or 6 or 7 or 8 or 9 or 11 or 17 or 18 or 19 or 31 or (> LastStandardSignal and < FirstFreeRealTimeSignal))
            {
                continue;
            }

            SelfCalls.IgnoreSignal(signal);
        }
    }

    /// <summary>Reserves and touches memory for the runtime, so that it needs neither a collection nor the kernel for more.</summary>
    public static FreezerWeakness ReserveMemory()
    {
        GC.Collect();
        return GC.TryStartNoGCRegion(ReservedBytes) ? FreezerWeakness.None : FreezerWeakness.MemoryNotReserved;
    }

    /// <summary>Moves to a cgroup of its own at the top of the hierarchy: a service manager that stops the host kills the host's cgroup.</summary>
    public FreezerWeakness LeaveCgroup()
    {
        HostCgroup = CgroupLocation.Find(out _);
        if (HostCgroup is null)
        {
            return FreezerWeakness.InTheHostsCgroup;
        }

        _top = HostCgroup;
        while (Path.GetDirectoryName(_top) is { } above && File.Exists(above + "/cgroup.procs"))
        {
            _top = above;
        }

        foreach (var left in Directory.GetDirectories(_top, CgroupPrefix + "*"))
        {
            Remove(left);
        }

        _cgroup = new ScriptCgroup(string.Create(CultureInfo.InvariantCulture, $"{_top}/{CgroupPrefix}{Environment.ProcessId}"));
        var isOut = _cgroup.Create() == Errno.None && _cgroup.Add(Environment.ProcessId) == Errno.None;

        // The top cgroup cannot be killed.
        return isOut || HostCgroup == _top ? FreezerWeakness.None : FreezerWeakness.InTheHostsCgroup;
    }

    public FreezerWeakness ShunOomKiller()
    {
        _score = ProcReader.TryReadText(ScorePath)?.Trim();
        return ProcReader.Write(ScorePath, "-1000") == Errno.None ? FreezerWeakness.None : FreezerWeakness.KillableWhenMemoryIsShort;
    }

    public static FreezerWeakness LockMemory() => SelfCalls.LockMemory() == Errno.None ? FreezerWeakness.None : FreezerWeakness.MemoryNotLocked;

    /// <summary>Gives up what the scripts must not inherit and what was for the freeze alone.</summary>
    public void Relax()
    {
        if (GCSettings.LatencyMode == GCLatencyMode.NoGCRegion)
        {
            GC.EndNoGCRegion();
        }

        _ = SelfCalls.UnlockMemory();
        if (_score is not null)
        {
            _ = ProcReader.Write(ScorePath, _score);
        }
    }

    /// <summary>Leaves nothing behind.</summary>
    public void ReturnToCgroup()
    {
        if (_cgroup is not null)
        {
            _ = new ScriptCgroup(_top!).Add(Environment.ProcessId);
            Remove(_cgroup.Path);
        }
    }

    // With those of its scripts, which nobody else removes. The kernel removes only what is empty: a daemon that a script started stays where it is.
    private static void Remove(string cgroup)
    {
        foreach (var script in Directory.Exists(cgroup) ? Directory.GetDirectories(cgroup) : [])
        {
            _ = new ScriptCgroup(script).TryRemove();
        }

        _ = new ScriptCgroup(cgroup).TryRemove();
    }
}
