namespace AppConsistentSnapshot.Tool.Rendering;

/// <summary>The JSON of <c>delete</c>.</summary>
internal sealed record DeletedSnapshot(string Id, string Backend, bool Deleted);
