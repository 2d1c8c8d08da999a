using AppConsistentSnapshot.Backends.Images;
using AppConsistentSnapshot.Testing;

namespace AppConsistentSnapshot.Tool.Catalog;

/// <summary>The one place that ties the names of backends to what makes them.</summary>
internal static class StandardBackends
{
    private const string Output = "output";

    public static BackendCatalog Catalog { get; } = new(
    [
        new BackendDefinition
        {
            Name = "image",
            Description = "a copy of the file behind a loop device, by reflink where the file system can",
            Settings = [BackendSetting.Folder(Output, "the folder that holds the copies (the same as --output)")],
            OutputSetting = Output,
            OutputFromId = FolderOf,
            Create = static context => new DiskImageBackend(
                new DiskImageOptions { OutputFolder = context.Get<string>(Output) }, context.TimeProvider, context.LoggerFactory),
        },
        new BackendDefinition { Name = "lvm", Description = "a snapshot of a logical volume" },
        new BackendDefinition { Name = "btrfs", Description = "a read-only snapshot of a Btrfs subvolume" },
        new BackendDefinition { Name = "azure", Description = "snapshots of Azure managed disks" },
        new BackendDefinition { Name = "fake", Description = "no snapshot at all: for trying out plans and scripts", Create = static context => new FakeSnapshotBackend(timeProvider: context.TimeProvider) },
    ]);

    // The id of a disk image is its path.
    private static string? FolderOf(string id) => Path.IsPathRooted(id) ? Path.GetDirectoryName(id) : null;
}
