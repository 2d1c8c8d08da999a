using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Scripts;

/// <summary>Turns a script into a program to start.</summary>
internal static class ScriptLaunch
{
    private const int NameLimit = 64;
    private static int Counter;

    public static LaunchRequest Request(ScriptRun run, string path, IOutputSink output, UnixFileMode umask, UserAccount account) => new()
    {
        Path = path,
        Arguments = run.Script.Command.Arguments,
        Environment = ScriptEnvironment.Build(run, account, Environment.GetEnvironmentVariable("TZ")),
        Marks = ScriptEnvironment.Marks(run),
        Umask = umask,
        CgroupName = CgroupName(run.RunId),
        Output = output,
    };

    /// <summary>Whether the same start may succeed a moment later.</summary>
    public static bool IsTransient(Errno errno) => errno is Errno.EAGAIN or Errno.ENOMEM or Errno.EMFILE or Errno.ETXTBSY or Errno.EIO;

    /// <summary>How the names of the cgroups of one run's scripts begin.</summary>
    public static string CgroupPrefix(string runId, int host)
    {
        // A run id is the caller's text; a folder's name is not.
        var name = string.Concat(runId.Take(NameLimit).Select(static c => char.IsAsciiLetterOrDigit(c) || c == '-' ? c : '_'));
        return $"acsnap-{name}-{host}-";
    }

    private static string CgroupName(string runId) => CgroupPrefix(runId, Environment.ProcessId) + Interlocked.Increment(ref Counter);
}
