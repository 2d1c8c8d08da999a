namespace AppConsistentSnapshot.Journals;

/// <summary>A mount of a freeze.</summary>
internal sealed record JournalMount
{
    public required string Path { get; init; }

    /// <summary>Its superblock's <c>major:minor</c>.</summary>
    public required string Device { get; init; }

    public string? FileSystem { get; init; }
}
