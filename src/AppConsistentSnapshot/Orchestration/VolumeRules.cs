using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Freezing;

namespace AppConsistentSnapshot.Orchestration;

/// <summary>Which volumes a request may name: mount points of this host, each once.</summary>
internal static class VolumeRules
{
    public static IReadOnlyDictionary<string, MountInspection> Inspect(RunContext run, out List<SnapshotError> errors)
    {
        errors = [];
        var inspections = new Dictionary<string, MountInspection>(StringComparer.Ordinal);
        var mountPoints = new HashSet<string>(StringComparer.Ordinal);
        foreach (var inspection in run.FreezeController.Inspect([.. run.Request.Volumes.Select(static volume => volume.Path)]))
        {
            if (Check(inspection) is { } error)
            {
                errors.Add(error);
            }
            else if (!mountPoints.Add(inspection.FileSystem!.MountPoint))
            {
                errors.Add(new SnapshotError(ErrorCodes.MountNamedTwice, $"'{inspection.FileSystem.MountPoint}' is named twice.")
                {
                    Subject = inspection.Path,
                });
            }
            else
            {
                inspections[inspection.Path] = inspection;
                // Backends know a volume by its mount point, which is the same path in its plain form.
                inspections[inspection.FileSystem.MountPoint] = inspection;
            }
        }

        return inspections;
    }

    private static SnapshotError? Check(MountInspection inspection) => inspection switch
    {
        { FileSystem: null } => new SnapshotError(ErrorCodes.MountNotFound, inspection.Reason ?? $"'{inspection.Path}' is on no mounted file system.")
        {
            Subject = inspection.Path,
        },
        { IsMountPoint: false } => new SnapshotError(
            ErrorCodes.MountNotFound, $"'{inspection.Path}' is no mount point; it would lie on '{inspection.FileSystem.MountPoint}'.")
        {
            Subject = inspection.Path,
            Found = inspection.Path,
            Allowed = inspection.FileSystem.MountPoint,
        },
        { Freezability: Freezability.Remote } => new SnapshotError(
            ErrorCodes.MountIsRemote, $"'{inspection.Path}' ({inspection.FileSystem.FileSystemType}) is not on a disk of this host: {inspection.Reason}")
        {
            Subject = inspection.Path,
        },
        _ => null,
    };
}
