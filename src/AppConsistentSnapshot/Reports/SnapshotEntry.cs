namespace AppConsistentSnapshot.Reports;

/// <summary>A snapshot that was kept.</summary>
public sealed class SnapshotEntry
{
    /// <summary>Gets the id by which the backend finds it again.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the backend's name.</summary>
    public required string Backend { get; init; }

    /// <summary>Gets the mount points whose content it holds.</summary>
    public required IReadOnlyList<string> Volumes { get; init; }

    /// <summary>Gets the level of its volumes; the lowest of them.</summary>
    public required ConsistencyLevel Consistency { get; init; }

    /// <summary>Gets the earliest moment that its content can be of.</summary>
    public required DateTimeOffset CutStartedAt { get; init; }

    /// <summary>Gets the latest moment that its content can be of.</summary>
    public required DateTimeOffset CutEndedAt { get; init; }

    /// <summary>Gets further facts of the backend.</summary>
    public IReadOnlyDictionary<string, string> Properties { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
