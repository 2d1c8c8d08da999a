using System.Runtime.Versioning;

namespace AppConsistentSnapshot.Interop.Linux;

/// <summary>Makes the cgroups of executions below that of this process, and removes them once they are empty.</summary>
[SupportedOSPlatform("linux")]
internal sealed class ScriptCgroups
{
    /// <summary>How the name of every such cgroup begins.</summary>
    public const string Prefix = "acsnap-";

    private readonly Lock _lock = new();
    private readonly List<ScriptCgroup> _left = [];
    private readonly string? _problem;
    private string? _parent;
    private bool _swept;

    public ScriptCgroups()
    {
    }

    /// <summary>Makes one that fails, for hosts and tests without cgroups.</summary>
    public ScriptCgroups(string problem) => _problem = problem;

    public ScriptCgroup? Create(string name, out string? problem)
    {
        lock (_lock)
        {
            problem = _problem;
            if (problem is not null || !Locate(out problem))
            {
                return null;
            }

            Sweep();
            var cgroup = new ScriptCgroup($"{_parent}/{name}");
            var errno = cgroup.Create();
            problem = errno == Errno.None ? null : $"mkdir {cgroup.Path}: {errno.Describe()}";
            return errno == Errno.None ? cgroup : null;
        }
    }

    /// <summary>Removes one, now or, where something lives in it, some time after that has ended.</summary>
    public void Release(ScriptCgroup cgroup)
    {
        lock (_lock)
        {
            if (!cgroup.TryRemove())
            {
                _left.Add(cgroup);
            }
        }
    }

    private bool Locate(out string? problem)
    {
        // Asked each time: a service manager may move this process.
        var parent = CgroupLocation.Find(out var reason);
        problem = parent is null ? reason : null;
        _swept &= parent == _parent;
        _parent = parent;
        return parent is not null;
    }

    private void Sweep()
    {
        _ = _left.RemoveAll(static cgroup => cgroup.TryRemove());
        if (_swept)
        {
            return;
        }

        // Those of processes that are gone. Only an empty one can be removed.
        _swept = true;
        foreach (var path in Directory.Exists(_parent) ? Directory.GetDirectories(_parent, Prefix + "*") : [])
        {
            _ = new ScriptCgroup(path).TryRemove();
        }
    }
}
