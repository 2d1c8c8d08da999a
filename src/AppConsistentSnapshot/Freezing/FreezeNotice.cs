namespace AppConsistentSnapshot.Freezing;

/// <summary>A message of the engine.</summary>
internal sealed class FreezeNotice
{
    public required FreezeNoticeKind Kind { get; init; }

    /// <summary>The number of the last probe that every file system answered.</summary>
    public required int Probe { get; init; }

    public required FreezeRelease Release { get; init; }

    /// <summary>When the first freeze began, or null where none did.</summary>
    public required DateTimeOffset? FrozenAt { get; init; }

    /// <summary>When thawing began, from the start of the first freeze.</summary>
    public required TimeSpan? ReleasedAfter { get; init; }

    /// <summary>The time from the start of the first freeze to this message.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Each file system, in the order in which the targets were given.</summary>
    public required IReadOnlyList<FreezeStatus> Targets { get; init; }
}
