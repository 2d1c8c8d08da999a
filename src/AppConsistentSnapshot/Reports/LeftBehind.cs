namespace AppConsistentSnapshot.Reports;

/// <summary>Something that a run left behind and that needs a human.</summary>
public sealed class LeftBehind
{
    /// <summary>Gets what it is.</summary>
    public required LeftBehindKind Kind { get; init; }

    /// <summary>Gets which one: a mount point, a participant's id, a snapshot's id, a process id.</summary>
    public required string Id { get; init; }

    /// <summary>Gets what to do about it.</summary>
    public required string Remedy { get; init; }
}
