using System.Runtime.Versioning;

namespace AppConsistentSnapshot.Interop.Linux;

/// <summary>Brings a process, and what it forked meanwhile, into its cgroup.</summary>
/// <remarks>On a thread of its own: the kernel may take tens of milliseconds (an RCU grace period), longer than a short script runs.</remarks>
[SupportedOSPlatform("linux")]
internal sealed class CgroupMove
{
    // Each look finds what was forked during the one before. Whatever is still missed is found by its marks when it is to be ended.
    private const int Looks = 20;

    private readonly ScriptCgroups _cgroups;
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _released;

    public CgroupMove(ScriptCgroups cgroups, string name)
    {
        _cgroups = cgroups;
        Cgroup = cgroups.Create(name, out var problem);
        Problem = problem;
    }

    public ScriptCgroup? Cgroup { get; }

    public string? Problem { get; private set; }

    /// <summary>Completes when the move is over, however it went. Never faults.</summary>
    public Task Done => _done.Task;

    public void Begin(ProcessFamily family, int leader)
    {
        if (Cgroup is null)
        {
            _done.SetResult();
            return;
        }

        KernelThread.StartOrBorrow("acsnap cgroup", () => Run(family, leader));
    }

    /// <summary>Gives up before anything was started.</summary>
    public void Abandon()
    {
        _done.SetResult();
        Release();
    }

    /// <summary>Removes the cgroup once the move is over and it is empty.</summary>
    public void Release()
    {
        if (Cgroup is not null && Interlocked.Exchange(ref _released, 1) == 0)
        {
            _ = _done.Task.ContinueWith(
                _ => _cgroups.Release(Cgroup), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private void Run(ProcessFamily family, int leader)
    {
        try
        {
            var errno = Cgroup!.Add(leader);
            if (errno is Errno.None or Errno.ESRCH)
            {
                MoveDescendants(family, Cgroup);
            }
            else
            {
                Problem = $"write {Cgroup.Path}/cgroup.procs: {errno.Describe()}";
            }
        }
#pragma warning disable CA1031 // The last frame of a thread: what is not handed on here would end the host.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Problem = exception.Message;
        }
        finally
        {
            _done.SetResult();
        }
    }

    // Children born before the move are outside, and theirs too. Whatever is born after its parent's move is inside.
    private static void MoveDescendants(ProcessFamily family, ScriptCgroup cgroup)
    {
        var isComplete = false;
        for (var look = 0; look < Looks && !isComplete; look++)
        {
            var outside = family.Outside([.. cgroup.Pids()], out var isUnclear);
            foreach (var pid in outside)
            {
                // It may have ended since.
                _ = cgroup.Add(pid);
            }

            isComplete = outside.Count == 0 && !isUnclear;
            if (isUnclear)
            {
                // For the exec to get on; it is nobody's business here when it does.
                Thread.Sleep(1);
            }
        }
    }
}
