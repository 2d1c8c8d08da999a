using AppConsistentSnapshot.Permissions;

namespace AppConsistentSnapshot.Scripts;

/// <summary>One script to be run, with all its tries.</summary>
internal sealed class ScriptRun
{
    public required ScriptPhase Phase { get; init; }

    public required IVerifiedScript Script { get; init; }

    /// <summary>What names the plan in reports and to the script: its path, or its label where it was made in code.</summary>
    public required string Plan { get; init; }

    public required string RunId { get; init; }

    public required IReadOnlyList<string> Mounts { get; init; }

    /// <summary>The limit for all tries together.</summary>
    public required TimeSpan Timeout { get; init; }

    public SnapshotOutcome Outcome { get; init; }

    public ConsistencyLevel Consistency { get; init; }

    public bool IsRecovery { get; init; }

    public TimeSpan ProgressInterval { get; init; } = TimeSpan.FromSeconds(3);

    public Action<string> ReportProgress { get; init; } = static _ => { };

    public string Path => Script.Command.Path;

    public int Tries => Math.Min(Script.Command.Retries, int.MaxValue - 1) + 1;

    /// <summary>Whether the script was, or may have been, executed at all.</summary>
    public bool MayHaveStarted { get; set; }

    /// <summary>Such as <c>pre-script</c>.</summary>
    public string Kind => Phase == ScriptPhase.Pre ? "pre-script" : "post-script";
}
