namespace AppConsistentSnapshot.Scripts;

/// <summary>What another process needs to run the post-script of a run that died. A stable format: it lies in the journal over updates.</summary>
internal sealed record ScriptRecoveryState
{
    /// <summary>The format's version.</summary>
    public int Version { get; init; } = 1;

    public required string RunId { get; init; }

    /// <summary>What names the plan: its path, or its label where it was made in code.</summary>
    public required string Plan { get; init; }

    /// <summary>The plan's file, or null where it was made in code.</summary>
    public string? PlanPath { get; init; }

    public required string PostScript { get; init; }

    public IReadOnlyList<string> Arguments { get; init; } = [];

    public int Retries { get; init; }

    public required double TimeoutSeconds { get; init; }
}
