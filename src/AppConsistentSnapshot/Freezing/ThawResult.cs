using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Reports;

namespace AppConsistentSnapshot.Freezing;

/// <summary>What was found when file systems were thawed.</summary>
public sealed class ThawResult
{
    /// <summary>Gets when the first thaw began.</summary>
    public required DateTimeOffset ThawStartedAt { get; init; }

    /// <summary>Gets how long writes were held: from the start of the first freeze to the end of the last thaw.</summary>
    public required TimeSpan Window { get; init; }

    /// <summary>Gets whether the limit ended the freeze, and not the caller.</summary>
    public bool EndedByLimit { get; init; }

    /// <summary>Gets whether every file system stayed frozen all the time, as far as probe and thaw could see.</summary>
    /// <value><see langword="null"/> where it is not known.</value>
    public bool? HeldThroughout { get; init; }

    /// <summary>Gets each file system and how it was frozen and thawed.</summary>
    public required IReadOnlyList<MountReport> Mounts { get; init; }

    /// <summary>Gets lost freezes and thaws that failed.</summary>
    public IReadOnlyList<SnapshotError> Errors { get; init; } = [];

    /// <summary>Gets what is still frozen and needs a human.</summary>
    public IReadOnlyList<LeftBehind> LeftBehind { get; init; } = [];
}
