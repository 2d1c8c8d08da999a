using System.Globalization;
using System.Runtime.Versioning;

namespace AppConsistentSnapshot.Interop.Linux;

/// <summary>What <c>/proc/PID/stat</c> says of a process's kin (proc_pid_stat(5)).</summary>
[SupportedOSPlatform("linux")]
internal sealed record ProcessStat(
    int Pid, int Group, int Session, bool IsAlive, bool IsKernelThread, ulong StartTime, bool IsWithoutEnvironment)
{
    // PF_KTHREAD of linux/sched.h.
    private const ulong KernelThreadFlag = 0x00200000;

    // Where the fields are that follow the program's name, which is field 2 of the manual page.
    private const int StateField = 0;
    private const int GroupField = 2;
    private const int SessionField = 3;
    private const int FlagsField = 6;
    private const int ThreadsField = 17;
    private const int StartTimeField = 19;
    private const int EnvironmentEndField = 48;

    /// <summary>Reads it, or null where the process is gone.</summary>
    public static ProcessStat? TryRead(int pid) =>
        ProcReader.TryReadText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat")) is { } text ? Parse(pid, text) : null;

    /// <summary>Parses it. The name of the program may hold blanks and parentheses, so all begins behind the last one.</summary>
    public static ProcessStat? Parse(int pid, string text)
    {
        var fields = text[(text.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length <= EnvironmentEndField || !Number(fields[GroupField], out var group) || !Number(fields[SessionField], out var session))
        {
            return null;
        }

        // A first thread that ended before the others is a zombie of a process that lives.
        var isAlive = fields[StateField] is not ("Z" or "X") || Natural(fields[ThreadsField]) > 1;
        var isKernelThread = (Natural(fields[FlagsField]) & KernelThreadFlag) != 0;
        return new ProcessStat(
            pid, group, session, isAlive, isKernelThread, Natural(fields[StartTimeField]), Natural(fields[EnvironmentEndField]) == 0);
    }

    /// <summary>The numbers of all processes.</summary>
    public static IEnumerable<int> AllPids()
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (Number(Path.GetFileName(folder), out var pid))
            {
                yield return pid;
            }
        }
    }

    private static ulong Natural(string text) => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static bool Number(string text, out int number) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
}
