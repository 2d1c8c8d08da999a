using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Scripts;

/// <summary>What is said of a script that failed.</summary>
internal static class ScriptErrors
{
    public static SnapshotError Ended(ScriptRun run, ProcessExit exit, int tryNumber)
    {
        var how = exit switch
        {
            { WaitError: Errno.ECHILD } =>
                "ended, but how is not known: this process ignores SIGCHLD, or other code in it waits for children that are not its own (ECHILD)",
            { WaitError: not Errno.None } => $"ended, but how is not known: {exit.WaitError.Describe()}",
            { Signal: { } signal } => $"was ended by {SignalNames.Of(signal)} (signal {signal})",
            _ => $"ended with exit code {exit.ExitCode}",
        };
        return Failed(run, $"The {run.Kind} '{run.Path}' {how}{OfTries(run, tryNumber)}.", exit.WaitError);
    }

    public static SnapshotError NotStarted(ScriptRun run, LaunchResult launch, int tryNumber) =>
        Failed(
            run,
            $"The {run.Kind} '{run.Path}' could not be executed{OfTries(run, tryNumber)}: {Why(launch)} ({launch.Call}: {launch.Errno.Describe()}).",
            launch.Errno);

    public static SnapshotError TimedOut(ScriptRun run, int tries, bool byDeadline)
    {
        var code = run.Phase == ScriptPhase.Pre ? ErrorCodes.PreScriptTimeout : ErrorCodes.PostScriptTimeout;
        var limit = byDeadline ? "when its time in this run was over" : $"after {run.Timeout.TotalSeconds:0.###} s";
        return new SnapshotError(code, $"The {run.Kind} '{run.Path}' was not done {limit}, in {tries} of {run.Tries} tries, and was ended.")
        {
            Subject = run.Plan,
            Path = run.Path,
        };
    }

    public static SnapshotError CopyUsed(ScriptRun run, SnapshotError change) =>
        new(ErrorCodes.CheckedCopyUsed, $"The {run.Kind} '{run.Path}' changed after it was checked; the checked copy runs instead. {change.Message}")
        {
            Subject = run.Plan,
            Path = run.Path,
        };

    public static SnapshotError NoCgroup(ScriptRun run, string problem) =>
        new(ErrorCodes.CgroupUnavailable, $"The {run.Kind} '{run.Path}' runs without a cgroup of its own: {problem}.")
        {
            Subject = run.Plan,
            Path = run.Path,
        };

    private static SnapshotError Failed(ScriptRun run, string message, Errno errno)
    {
        var code = run.Phase == ScriptPhase.Pre ? ErrorCodes.PreScriptExecutionFailed : ErrorCodes.PostScriptExecutionFailed;
        return new SnapshotError(code, message) { Subject = run.Plan, Path = run.Path, Errno = errno == Errno.None ? null : (int)errno };
    }

    private static string OfTries(ScriptRun run, int tryNumber) => run.Tries > 1 ? $" in try {tryNumber} of {run.Tries}" : "";

    private static string Why(LaunchResult launch) => launch switch
    {
        { Call: not "execve" } => "the system refused what its start needs",
        { Interpreter: { } name } when name.EndsWith('\r') =>
            $"its first line ends as on Windows, so that it asks for an interpreter '{name[..^1]}\\r'; 'sed -i s/\\r$//' mends it",
        { Errno: Errno.ENOENT, Interpreter: { } name } => $"the interpreter of its first line, '{name}', is not there",
        { Errno: Errno.EACCES, Interpreter: { } name } =>
            $"its file system is mounted noexec, or its interpreter '{name}' cannot be executed",
        { Errno: Errno.EACCES } => "its file system is mounted noexec, or a part of its path cannot be entered",
        { Errno: Errno.ENOEXEC } => "it is neither a script nor a program for this machine",
        { Errno: Errno.ETXTBSY } => "somebody has it open for writing",
        _ => "the kernel refused it",
    };
}
