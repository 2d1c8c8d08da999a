namespace AppConsistentSnapshot.Backends;

/// <summary>A snapshot that a backend has made.</summary>
public sealed class BackendSnapshot
{
    /// <summary>Gets the id by which the backend finds it again, alone and in any process.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the mount points whose content it holds.</summary>
    public required IReadOnlyList<string> Volumes { get; init; }

    /// <summary>Gets the earliest moment that its content can be of.</summary>
    public required DateTimeOffset CutStartedAt { get; init; }

    /// <summary>Gets the latest moment that its content can be of.</summary>
    public required DateTimeOffset CutEndedAt { get; init; }

    /// <summary>Gets the level that was recorded with it, where the backend keeps one.</summary>
    public ConsistencyLevel? Consistency { get; init; }

    /// <summary>Gets further facts: sizes, names, proofs.</summary>
    public IReadOnlyDictionary<string, string> Properties { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
