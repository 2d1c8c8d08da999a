using System.Globalization;
using System.Runtime.Versioning;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace AppConsistentSnapshot.Interop.Linux;

/// <summary>Finds what stems from a script, and nothing else.</summary>
[SupportedOSPlatform("linux")]
internal sealed class ProcessFamily
{
    private readonly Func<bool> _leaderIsHeld;
    private readonly ScriptCgroup? _cgroup;
    private readonly byte[][] _marks;

    /// <param name="leader">The script's process, whose number is that of its group and session too.</param>
    /// <param name="leaderIsHeld">Whether that number is still its own: it lives, or has not been reaped.</param>
    /// <param name="cgroup">Its cgroup, where it has one.</param>
    /// <param name="marks">What all of its processes, and no others, have in their environment.</param>
    public ProcessFamily(int leader, Func<bool> leaderIsHeld, ScriptCgroup? cgroup, IReadOnlyList<string> marks)
    {
        Leader = leader;
        _leaderIsHeld = leaderIsHeld;
        _cgroup = cgroup;
        _marks = [.. marks.Select(Encoding.UTF8.GetBytes)];
    }

    public int Leader { get; }

    /// <summary>Opens everything in scope that is alive.</summary>
    public IReadOnlyList<ProcessMember> Find(EndScope scope)
    {
        var inCgroup = CgroupPids(scope);
        return
        [
            .. ProcessStat.AllPids()
                .Where(pid => pid != Environment.ProcessId && Belongs(pid, scope, inCgroup) is not null)
                .Select(pid => Open(pid, scope))
                .OfType<ProcessMember>(),
        ];
    }

    /// <summary>What is in the script's session now.</summary>
    public IEnumerable<int> Session() =>
        ProcessStat.AllPids().Where(pid => ProcessStat.TryRead(pid) is { IsAlive: true } stat && stat.Session == Leader && _leaderIsHeld());

    // Looked at again after it was opened: between the look and the opening the number may have passed to a stranger.
    private ProcessMember? Open(int pid, EndScope scope)
    {
        SafeFileHandle? descriptor = null;
        try
        {
            descriptor = ProcessCalls.OpenProcess(pid, out _);
            if (descriptor is null || Belongs(pid, scope, CgroupPids(scope)) is not { } stat)
            {
                return null;
            }

            var member = new ProcessMember(pid, stat.Group == Leader, descriptor);
            descriptor = null;
            return member;
        }
        finally
        {
            descriptor?.Dispose();
        }
    }

    private HashSet<int> CgroupPids(EndScope scope) => scope == EndScope.Everything && _cgroup is not null ? [.. _cgroup.Pids()] : [];

    private ProcessStat? Belongs(int pid, EndScope scope, HashSet<int> inCgroup)
    {
        var stat = ProcessStat.TryRead(pid);
        if (stat is not { IsAlive: true })
        {
            return null;
        }

        var isKin = (scope == EndScope.Everything ? stat.Session == Leader || stat.Group == Leader : stat.Group == Leader) && _leaderIsHeld();
        return isKin || inCgroup.Contains(pid) || (scope == EndScope.Everything && HasMarks(pid)) ? stat : null;
    }

    private bool HasMarks(int pid)
    {
        ReadOnlySpan<byte> environment = ProcReader.TryRead(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/environ"));
        foreach (var mark in _marks)
        {
            if (!Contains(environment, mark))
            {
                return false;
            }
        }

        return _marks.Length > 0;
    }

    private static bool Contains(ReadOnlySpan<byte> environment, ReadOnlySpan<byte> mark)
    {
        foreach (var entry in environment.Split((byte)0))
        {
            if (environment[entry].SequenceEqual(mark))
            {
                return true;
            }
        }

        return false;
    }
}
