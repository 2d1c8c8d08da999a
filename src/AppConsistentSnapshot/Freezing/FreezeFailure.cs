using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Reports;

namespace AppConsistentSnapshot.Freezing;

/// <summary>Makes the exception of a freeze that did not come about.</summary>
internal static class FreezeFailure
{
    public static FreezeException From(IReadOnlyList<MountedFileSystem> fileSystems, FreezeNotice ended, TimeSpan limit)
    {
        var outcome = new FreezeOutcome(fileSystems, ended);
        var errors = outcome.FreezeFailures(limit);
        if (errors.Count == 0)
        {
            errors = [ended.Release == FreezeRelease.Asked
                ? new SnapshotError(ErrorCodes.Cancelled, "The caller gave up while file systems were being frozen; they are thawed")
                : new SnapshotError(ErrorCodes.FreezeTimeout, $"Not everything was frozen within {limit.TotalSeconds:0.###} s, so everything was thawed")];
        }

        return new FreezeException(errors)
        {
            FrozenAt = ended.FrozenAt,
            Window = outcome.Window,
            Mounts = outcome.Mounts("thawed again, because not everything could be frozen"),
            LeftBehind = outcome.LeftBehind(),
        };
    }

    public static IReadOnlyList<MountReport> Untouched(IReadOnlyList<MountedFileSystem> fileSystems) =>
        [.. fileSystems.Select(fileSystem => new MountReport
        {
            Path = fileSystem.MountPoint,
            FileSystem = fileSystem.FileSystemType,
            Status = MountStatus.Skipped,
            Reason = "nothing was frozen",
        })];
}
