namespace AppConsistentSnapshot.Backends.Images;

/// <summary>What another process needs to remove the images of a run.</summary>
internal sealed class ImageRecoveryState
{
    public required string Folder { get; init; }

    public required string RunId { get; init; }

    public required IReadOnlyList<ImageRecoveryEntry> Images { get; init; }
}
