using AppConsistentSnapshot.Backends;

namespace AppConsistentSnapshot.Tool.Rendering;

/// <summary>One snapshot in the JSON of <c>list</c>.</summary>
internal sealed record ListedSnapshot(
    string Id,
    string Backend,
    IReadOnlyList<string> Volumes,
    ConsistencyLevel? Consistency,
    DateTimeOffset CutStartedAt,
    DateTimeOffset CutEndedAt,
    IReadOnlyDictionary<string, string> Properties)
{
    public static ListedSnapshot From(string backend, BackendSnapshot snapshot) => new(
        snapshot.Id, backend, snapshot.Volumes, snapshot.Consistency, snapshot.CutStartedAt, snapshot.CutEndedAt, snapshot.Properties);
}
