namespace AppConsistentSnapshot.Interop;

/// <summary>Names of signals; the numbers are those of Linux on x64 and arm64 (signal(7)).</summary>
internal static class SignalNames
{
    private const int FirstRealTime = 32;

    private static readonly string[] Names =
    [
        "signal 0", "SIGHUP", "SIGINT", "SIGQUIT", "SIGILL", "SIGTRAP", "SIGABRT", "SIGBUS", "SIGFPE", "SIGKILL", "SIGUSR1", "SIGSEGV",
        "SIGUSR2", "SIGPIPE", "SIGALRM", "SIGTERM", "SIGSTKFLT", "SIGCHLD", "SIGCONT", "SIGSTOP", "SIGTSTP", "SIGTTIN", "SIGTTOU", "SIGURG",
        "SIGXCPU", "SIGXFSZ", "SIGVTALRM", "SIGPROF", "SIGWINCH", "SIGIO", "SIGPWR", "SIGSYS",
    ];

    /// <summary>Such as <c>SIGKILL</c>, or <c>signal 40</c> for one without a name.</summary>
    public static string Of(int signal) => signal is > 0 and < FirstRealTime ? Names[signal] : $"signal {signal}";
}
