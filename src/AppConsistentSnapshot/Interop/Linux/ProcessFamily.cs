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
    private readonly ulong _since;

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
        _since = ProcessStat.TryRead(leader)?.StartTime ?? 0;
    }

    public int Leader { get; }

    /// <summary>Opens everything in scope that is alive. The caller disposes it.</summary>
    public FamilyLook Look(EndScope scope)
    {
        var members = new List<ProcessMember>();
        var isUnclear = false;
        var inCgroup = CgroupPids(scope);
        foreach (var pid in ProcessStat.AllPids())
        {
            var kinship = Judge(pid, scope, inCgroup, out _);
            isUnclear |= kinship == Kinship.Unclear;
            if (kinship == Kinship.Own)
            {
                Open(pid, scope, members);
            }
        }

        return new FamilyLook(members, isUnclear);
    }

    /// <summary>What belongs to it now and is outside its cgroup.</summary>
    public IReadOnlyList<int> Outside(HashSet<int> inCgroup, out bool isUnclear)
    {
        isUnclear = false;
        var outside = new List<int>();
        foreach (var pid in ProcessStat.AllPids().Where(pid => !inCgroup.Contains(pid)))
        {
            var kinship = Judge(pid, EndScope.Everything, [], out _);
            isUnclear |= kinship == Kinship.Unclear;
            outside.AddRange(kinship == Kinship.Own ? [pid] : []);
        }

        return outside;
    }

    // Looked at again after it was opened: between the look and the opening the number may have passed to a stranger.
    private void Open(int pid, EndScope scope, List<ProcessMember> members)
    {
        SafeFileHandle? descriptor = null;
        try
        {
            descriptor = ProcessCalls.OpenProcess(pid, out _);
            if (descriptor is not null && Judge(pid, scope, CgroupPids(scope), out var group) == Kinship.Own)
            {
                members.Add(new ProcessMember(pid, group == Leader, descriptor));
                descriptor = null;
            }
        }
        finally
        {
            descriptor?.Dispose();
        }
    }

    private HashSet<int> CgroupPids(EndScope scope) => scope == EndScope.Everything && _cgroup is not null ? [.. _cgroup.Pids()] : [];

    private Kinship Judge(int pid, EndScope scope, HashSet<int> inCgroup, out int group)
    {
        group = 0;
        if (pid == Environment.ProcessId || ProcessStat.TryRead(pid) is not { IsAlive: true } stat)
        {
            return Kinship.None;
        }

        group = stat.Group;
        var isEverything = scope == EndScope.Everything;
        if (inCgroup.Contains(pid) || ((stat.Group == Leader || (isEverything && stat.Session == Leader)) && _leaderIsHeld()))
        {
            return Kinship.Own;
        }

        return isEverything && _marks.Length > 0 && !stat.IsKernelThread ? JudgeByMarks(stat) : Kinship.None;
    }

    private Kinship JudgeByMarks(ProcessStat stat)
    {
        ReadOnlySpan<byte> environment = ProcReader.TryRead(string.Create(CultureInfo.InvariantCulture, $"/proc/{stat.Pid}/environ"), out var isReadable);
        if (environment.IsEmpty)
        {
            // Between the point of no return of an exec and its end the environment reads as empty (fs/proc/base.c, environ_read).
            return isReadable && stat.IsWithoutEnvironment && stat.StartTime >= _since ? Kinship.Unclear : Kinship.None;
        }

        foreach (var mark in _marks)
        {
            if (!Contains(environment, mark))
            {
                return Kinship.None;
            }
        }

        return Kinship.Own;
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
