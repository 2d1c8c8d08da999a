using System.Globalization;

namespace AppConsistentSnapshot.Backends.Images;

/// <summary>An image under way as a manifest, and a manifest as a snapshot.</summary>
internal static class ImageSnapshots
{
    public static ImageManifest Describe(ImageTarget target, string runId, CompletionContext? context) => new()
    {
        SchemaVersion = ImageManifest.CurrentVersion,
        Kind = ImageManifest.ExpectedKind,
        Name = target.Name,
        RunId = runId,
        Volumes = [.. target.Volumes.Select(volume => new ImageManifestVolume
        {
            Path = volume.MountPoint,
            Root = volume.Root,
            Consistency = context is not null && context.Consistency.TryGetValue(volume.MountPoint, out var level) ? level : null,
        })],
        FileSystem = target.Volumes[0].FileSystemType,
        Device = "/dev/" + target.Source.Device.Name,
        BackingFile = target.Source.BackingFile,
        Method = target.Method,
        Offset = target.Source.Geometry.Offset,
        Size = target.Source.Geometry.Size,
        LogicalBlockSize = target.Source.Geometry.LogicalBlockSize,
        Length = target.Source.BackingLength,
        CutStartedAt = target.CutStartedAt,
        CutEndedAt = target.CutEndedAt,
    };

    public static BackendSnapshot Of(ImageFolder folder, ImageManifest manifest) => new()
    {
        Id = folder.PathOf(manifest.Name),
        Volumes = [.. manifest.Volumes.Select(static volume => volume.Path)],
        CutStartedAt = manifest.CutStartedAt,
        CutEndedAt = manifest.CutEndedAt,
        Consistency = manifest.Volumes.Min(static volume => volume.Consistency),
        Properties = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["runId"] = manifest.RunId,
            ["method"] = manifest.Method == ImageMethod.Reflink ? "reflink" : "copy",
            ["fileSystem"] = manifest.FileSystem,
            ["device"] = manifest.Device,
            ["backingFile"] = manifest.BackingFile,
            ["offset"] = manifest.Offset.ToString(CultureInfo.InvariantCulture),
            ["size"] = manifest.Size.ToString(CultureInfo.InvariantCulture),
            ["length"] = manifest.Length.ToString(CultureInfo.InvariantCulture),
        },
    };
}
