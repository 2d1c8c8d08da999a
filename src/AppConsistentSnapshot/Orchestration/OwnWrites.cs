using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Freezing;

namespace AppConsistentSnapshot.Orchestration;

/// <summary>Finds what this process itself may write to a file system that is to be frozen: its log, its temp folder, where it stands.</summary>
internal static class OwnWrites
{
    public static void Check(RunContext run, IReadOnlyList<MountInspection> toFreeze)
    {
        if (run.ProcessFiles is not { } files || toFreeze.Count == 0)
        {
            return;
        }

        var frozen = toFreeze.ToLookup(static mount => mount.FileSystem!.DeviceNumber, StringComparer.Ordinal);
        (string What, string Path)[] places =
        [
            .. files.FindWritten().Select(static file => (Describe(file.Descriptor), file.Path)),
            .. files.WorkingDirectory is { } folder ? [("working directory", folder)] : Array.Empty<(string, string)>(),
            ("temporary folder", files.TempFolder),
        ];
        var inspections = run.FreezeController.Inspect([.. places.Select(static place => place.Path)]);
        foreach (var ((what, path), inspection) in places.Zip(inspections).DistinctBy(static pair => pair.First))
        {
            if (inspection.FileSystem is { } fileSystem && frozen[fileSystem.DeviceNumber].FirstOrDefault() is { } mount)
            {
                run.Recorder.Warning(new SnapshotError(
                    ErrorCodes.WritesToFrozenFileSystem, $"The {what} of this process, '{path}', lies on '{mount.Path}', which is to be frozen.")
                {
                    Subject = mount.Path,
                    Path = path,
                });
            }
        }
    }

    private static string Describe(int descriptor) => descriptor switch
    {
        1 => "standard output",
        2 => "standard error",
        _ => "open file",
    };
}
