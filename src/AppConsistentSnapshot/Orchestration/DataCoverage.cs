using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Freezing;
using AppConsistentSnapshot.Participants;

namespace AppConsistentSnapshot.Orchestration;

/// <summary>Whether the data of every participant are part of the snapshot.</summary>
internal static class DataCoverage
{
    public static void Check(RunContext run, IEnumerable<IApplicationParticipant> participants, IEnumerable<MountInspection> volumes)
    {
        var covered = volumes.Select(static volume => volume.FileSystem!.DeviceNumber).ToHashSet(StringComparer.Ordinal);
        foreach (var participant in participants)
        {
            string[] paths = [.. participant.Info.DataPaths.Select(path => run.HostFacts.ResolveLinks(path))];
            foreach (var data in run.FreezeController.Inspect(paths))
            {
                if (data.FileSystem is null || !covered.Contains(data.FileSystem.DeviceNumber))
                {
                    run.Verdict.Record(Incident.DataNotCovered, new SnapshotError(
                        ErrorCodes.DataPathNotCovered,
                        $"'{participant.Id}' keeps data in '{data.Path}' on '{data.FileSystem?.MountPoint}', which is not part of the snapshot.")
                    {
                        Subject = participant.Id,
                        Path = data.Path,
                    });
                }
            }
        }
    }
}
