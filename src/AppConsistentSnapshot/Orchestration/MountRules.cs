using AppConsistentSnapshot.Backends;
using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Freezing;
using AppConsistentSnapshot.Reports;

namespace AppConsistentSnapshot.Orchestration;

/// <summary>Whether the host freezes a volume, or why not.</summary>
internal static class MountRules
{
    /// <summary>Says what is to become of a mount in the freeze.</summary>
    public static MountReport Decide(PreparedVolume volume, MountInspection inspection, bool freezeIsWanted, Verdict verdict)
    {
        var (status, reason) = (volume.FreezeNeed, freezeIsWanted) switch
        {
            (FreezeNeed.FreezesByItself, _) => (MountStatus.FrozenByBackend, volume.Reason ?? "The backend's cut freezes it."),
            (FreezeNeed.MustNotBeFrozen, _) => (MountStatus.NotNeeded, volume.Reason ?? "The backend's cut needs it not to be frozen."),
            (_, false) => (MountStatus.NotNeeded, WhyNoFreeze(verdict)),
            _ when inspection.Freezability is Freezability.CanFreeze => (MountStatus.Frozen, null),
            _ => (MountStatus.Failed, inspection.Reason),
        };
        return new MountReport
        {
            Path = volume.Path,
            FileSystem = inspection.FileSystem?.FileSystemType,
            Status = status,
            Reason = reason,
        };
    }

    public static SnapshotError NotFreezable(MountInspection inspection) =>
        new(ErrorCodes.MountNotFreezable, $"'{inspection.Path}' ({inspection.FileSystem?.FileSystemType}) cannot be frozen: {inspection.Reason}")
        {
            Subject = inspection.Path,
        };

    private static string WhyNoFreeze(Verdict verdict) => verdict.Policy.Freeze
        ? "Only crash consistency can be reached or was asked for."
        : "The plan says that the application needs no freeze (fsFreezeEnabled: false).";
}
