namespace AppConsistentSnapshot.Backends.Images;

/// <summary>One mount that an image holds.</summary>
internal sealed class ImageManifestVolume
{
    public required string Path { get; init; }

    /// <summary>The folder of the file system that was mounted there.</summary>
    public required string Root { get; init; }

    public ConsistencyLevel? Consistency { get; init; }
}
