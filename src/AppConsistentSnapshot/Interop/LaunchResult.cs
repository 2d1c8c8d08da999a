namespace AppConsistentSnapshot.Interop;

/// <summary>What became of a start: a process, or why there is none.</summary>
internal sealed class LaunchResult
{
    /// <summary>The process, which the caller disposes, or null where nothing was started.</summary>
    public IRunningProcess? Process { get; init; }

    /// <summary>The kernel's answer where nothing was started.</summary>
    public Errno Errno { get; init; }

    /// <summary>The call that gave it.</summary>
    public string Call { get; init; } = "";

    /// <summary>The interpreter in the file's first line, where it has one and nothing was started.</summary>
    public string? Interpreter { get; init; }

    public static LaunchResult Failed(string call, Errno errno, string? interpreter = null) =>
        new() { Call = call, Errno = errno, Interpreter = interpreter };
}
