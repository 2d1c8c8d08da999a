namespace AppConsistentSnapshot.Scripts;

/// <summary>What holds for every script of a host.</summary>
internal sealed record ScriptRunnerOptions(TimeSpan GracePeriod, UnixFileMode Umask, TimeSpan RetryDelay)
{
    /// <summary>How long the kernel has to end what got SIGKILL; a process in an uninterruptible sleep may take for ever.</summary>
    public static readonly TimeSpan KillWait = TimeSpan.FromSeconds(5);

    // For the machinery around a script that used its time up.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(5);

    public static ScriptRunnerOptions From(SnapshotOptions options) =>
        new(options.GracePeriod, options.ScriptUmask, options.ScriptRetryDelay);

    /// <summary>The time after which a script with this limit has surely been given up: its limit, the grace, the kill.</summary>
    public TimeSpan OuterLimit(TimeSpan timeout) => timeout + GracePeriod + KillWait + Slack;
}
