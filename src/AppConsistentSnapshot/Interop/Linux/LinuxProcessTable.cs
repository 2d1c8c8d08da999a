using System.Globalization;
using System.Runtime.Versioning;

namespace AppConsistentSnapshot.Interop.Linux;

/// <summary>The processes that <c>/proc</c> shows.</summary>
[SupportedOSPlatform("linux")]
internal sealed class LinuxProcessTable : IProcessTable
{
    private readonly Lazy<ProcessIdentity> _self = new(static () =>
        new ProcessIdentity(Environment.ProcessId, ReadStart(Environment.ProcessId)?.StartTicks ?? 0, Environment.ProcessPath));

    public LinuxProcessTable() => Libc.Require("Looking at processes");

    public ProcessIdentity Self => _self.Value;

    public bool IsAlive(ProcessIdentity process) => ReadStart(process.Pid) is { IsAlive: true } now && now.StartTicks == process.StartTicks;

    public IReadOnlyList<int> FindMarked(IReadOnlyList<string> marks)
    {
        var pids = new List<int>();
        ForEachMarked(marks, member => pids.Add(member.Pid));
        return pids;
    }

    public void SignalMarked(IReadOnlyList<string> marks, ProcessSignal signal) =>
        ForEachMarked(marks, member => _ = member.Signal(signal));

    /// <summary>Parses the state and the start time (fields 3, 20 and 22). The name may hold blanks and parentheses, so all begins behind the last one.</summary>
    internal static (bool IsAlive, long StartTicks)? Parse(int pid, string text)
    {
        var fields = text[(text.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return ProcessStat.Parse(pid, text) is { } stat
            && fields.Length > 19 && long.TryParse(fields[19], NumberStyles.None, CultureInfo.InvariantCulture, out var start)
            ? (stat.IsAlive, start)
            : null;
    }

    private static (bool IsAlive, long StartTicks)? ReadStart(int pid) =>
        ProcReader.TryReadText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat")) is { } text ? Parse(pid, text) : null;

    private static void ForEachMarked(IReadOnlyList<string> marks, Action<ProcessMember> action)
    {
        // Of a script whose host died only its environment tells whose it is.
        using var look = new ProcessFamily(leader: 0, static () => false, cgroup: null, marks).Look(EndScope.Everything);
        foreach (var member in look.Members)
        {
            action(member);
        }
    }
}
