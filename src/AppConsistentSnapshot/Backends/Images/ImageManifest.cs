namespace AppConsistentSnapshot.Backends.Images;

/// <summary>What is known of an image; kept next to it. An image without one is no snapshot.</summary>
internal sealed class ImageManifest
{
    public const int CurrentVersion = 1;
    public const string ExpectedKind = "AppConsistentSnapshot.DiskImage";

    public required int SchemaVersion { get; init; }

    public required string Kind { get; init; }

    public required string Name { get; init; }

    public required string RunId { get; init; }

    public required IReadOnlyList<ImageManifestVolume> Volumes { get; init; }

    public required string FileSystem { get; init; }

    public required string Device { get; init; }

    public required string BackingFile { get; init; }

    public required ImageMethod Method { get; init; }

    /// <summary>Where in the image the file system begins.</summary>
    public required long Offset { get; init; }

    public required long Size { get; init; }

    public required int LogicalBlockSize { get; init; }

    /// <summary>The length of the image.</summary>
    public required long Length { get; init; }

    public required DateTimeOffset CutStartedAt { get; init; }

    public required DateTimeOffset CutEndedAt { get; init; }

    /// <summary>Says what is wrong with it, or null.</summary>
    public string? FindProblem(string imageName) =>
        Kind != ExpectedKind ? "it is no manifest of a disk image"
        : SchemaVersion != CurrentVersion ? $"its version is {SchemaVersion}, and this is {CurrentVersion}"
        : Name != imageName ? $"it is about '{Name}'"
        : !ImageName.IsRunId(RunId) || !ImageName.IsImageOf(Name, RunId) ? $"its run '{RunId}' is not that of its name"
        : Volumes.Count == 0 ? "it names no volume"
        : FileSystem.Length == 0 || !FileSystem.All(static character => char.IsAsciiLetterOrDigit(character) || character is '_' or '.' or '-')
            ? $"'{FileSystem}' is no type of file system"
        : Offset < 0 || Size <= 0 || Length <= 0 || LogicalBlockSize <= 0 ? "its sizes make no sense"
        : null;
}
