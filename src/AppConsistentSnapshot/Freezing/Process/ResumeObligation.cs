namespace AppConsistentSnapshot.Freezing.Process;

/// <summary>An application that the freezer has to resume if the host dies: all that it needs to run the post-script.</summary>
internal sealed record ResumeObligation
{
    public required string ParticipantId { get; init; }

    public required string RunId { get; init; }

    /// <summary>The session's recovery state, which names the post-script.</summary>
    public required string RecoveryState { get; init; }

    public required IReadOnlyList<string> Mounts { get; init; }

    /// <summary>The name of the plan as the marks of its scripts' processes have it (<c>ACS_PLAN</c>).</summary>
    public required string Plan { get; init; }

    public int Owner { get; init; }

    public double GraceSeconds { get; init; }

    public int Umask { get; init; }

    public double RetryDelaySeconds { get; init; }
}
