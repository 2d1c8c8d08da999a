namespace AppConsistentSnapshot.Interop;

/// <summary>A process. Its number alone may be somebody else's by now.</summary>
/// <param name="Pid">Its number.</param>
/// <param name="StartTicks">When it started, in clock ticks after the boot (proc_pid_stat(5)).</param>
/// <param name="Executable">Its program, where it is known.</param>
internal sealed record ProcessIdentity(int Pid, long StartTicks, string? Executable = null);
