namespace AppConsistentSnapshot.Backends;

/// <summary>What was reached, to be kept with the snapshots.</summary>
public sealed class CompletionContext
{
    /// <summary>Gets the level of each volume by its mount point.</summary>
    public required IReadOnlyDictionary<string, ConsistencyLevel> Consistency { get; init; }
}
