namespace AppConsistentSnapshot.Reports;

/// <summary>One step that a run would take.</summary>
public sealed class ExplainedStep
{
    /// <summary>Gets which step.</summary>
    public required StepName Name { get; init; }

    /// <summary>Gets what it would be about: a plan, a participant, a mount, a backend.</summary>
    public string? Subject { get; init; }

    /// <summary>Gets what would happen, in words.</summary>
    public required string Description { get; init; }
}
