using System.Globalization;
using System.Runtime.Versioning;

namespace AppConsistentSnapshot.Interop.Linux;

/// <summary>What <c>/proc/PID/stat</c> says of a process's kin (proc_pid_stat(5)).</summary>
[SupportedOSPlatform("linux")]
internal sealed record ProcessStat(int Pid, int Group, int Session, bool IsAlive)
{
    /// <summary>Reads it, or null where the process is gone.</summary>
    public static ProcessStat? TryRead(int pid) =>
        ProcReader.TryReadText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat")) is { } text ? Parse(pid, text) : null;

    /// <summary>Parses it. The name of the program may hold blanks and parentheses, so all begins behind the last one.</summary>
    public static ProcessStat? Parse(int pid, string text)
    {
        var fields = text[(text.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length < 18 || !Number(fields[2], out var group) || !Number(fields[3], out var session) || !Number(fields[17], out var threads))
        {
            return null;
        }

        // A first thread that ended before the others is a zombie of a process that lives.
        return new ProcessStat(pid, group, session, fields[0] is not ("Z" or "X") || threads > 1);
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

    private static bool Number(string text, out int number) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
}
