using AppConsistentSnapshot.Freezing;

namespace AppConsistentSnapshot.Backends;

/// <summary>The volumes that a backend is asked to cut together.</summary>
public sealed class CutRequest
{
    /// <summary>Gets the run's id; unique, fit for names (lower-case letters, digits and hyphens).</summary>
    public required string RunId { get; init; }

    /// <summary>Gets the level that the caller wants.</summary>
    public required ConsistencyLevel Consistency { get; init; }

    /// <summary>Gets the volumes as the mount table has them.</summary>
    public required IReadOnlyList<MountedFileSystem> Volumes { get; init; }
}
