using System.Globalization;
using System.Runtime.Versioning;

namespace AppConsistentSnapshot.Interop.Linux;

/// <summary>The cgroup of one execution: a process can leave its group and its session, but not this.</summary>
[SupportedOSPlatform("linux")]
internal sealed class ScriptCgroup
{
    public ScriptCgroup(string path) => Path = path;

    public string Path { get; }

    public Errno Create() => ProcessCalls.MakeFolder(Path);

    /// <summary>Moves a process in, with all its threads; its later children are born here.</summary>
    public Errno Add(int pid)
    {
        var errno = ProcReader.Write(Path + "/cgroup.procs", pid.ToString(CultureInfo.InvariantCulture));
        if (errno is Errno.ENOENT or Errno.ENODEV)
        {
            // Another process of this library took the empty folder for a leftover.
            _ = Create();
            errno = ProcReader.Write(Path + "/cgroup.procs", pid.ToString(CultureInfo.InvariantCulture));
        }

        return errno;
    }

    /// <summary>The processes that live in it; a zombie is not among them.</summary>
    public IReadOnlyList<int> Pids()
    {
        var text = ProcReader.TryReadText(Path + "/cgroup.procs") ?? "";
        var pids = new List<int>();
        foreach (var line in text.Split('\n'))
        {
            // 0 stands for a process outside this PID namespace.
            if (int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var pid) && pid > 0)
            {
                pids.Add(pid);
            }
        }

        return pids;
    }

    /// <summary>Kills everything in it at once, also what is being forked (cgroup.kill, Linux 5.14). Elsewhere its processes are killed one by one.</summary>
    public Errno Kill() => ProcReader.Write(Path + "/cgroup.kill", "1");

    /// <summary>Removes it. The kernel refuses where anything lives in it.</summary>
    public bool TryRemove() => ProcessCalls.RemoveFolder(Path) is Errno.None or Errno.ENOENT;
}
