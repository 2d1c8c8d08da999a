using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Freezing;
using AppConsistentSnapshot.Participants;

namespace AppConsistentSnapshot.Orchestration;

/// <summary>Whether the data of every participant are part of the snapshot.</summary>
internal static class DataCoverage
{
    // As many as the kernel follows, path_resolution(7).
    private const int MostLinks = 40;

    public static void Check(RunContext run, IEnumerable<IApplicationParticipant> participants, IEnumerable<MountInspection> volumes)
    {
        var covered = volumes.Select(static volume => volume.FileSystem!.DeviceNumber).ToHashSet(StringComparer.Ordinal);
        foreach (var participant in participants)
        {
            string[] paths = [.. participant.Info.DataPaths.Select(path => FollowLinks(run, path))];
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

    /// <summary>The path with every symbolic link followed, as realpath(3) would, but for this: nothing on a remote file system is touched.</summary>
    private static string FollowLinks(RunContext run, string path)
    {
        var resolved = "/";
        var ahead = new Stack<string>(path.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse());
        for (var links = 0; links < MostLinks && ahead.TryPop(out var name);)
        {
            if (name == "..")
            {
                resolved = Path.GetDirectoryName(resolved) ?? "/";
            }
            else if (name != ".")
            {
                var next = Path.Combine(resolved, name);
                if (run.FreezeController.Inspect([next])[0].Freezability is Freezability.Remote || run.HostFacts.ReadLink(next) is not { } target)
                {
                    resolved = next;
                    continue;
                }

                links++;
                resolved = target.StartsWith('/') ? "/" : resolved;
                foreach (var part in target.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse())
                {
                    ahead.Push(part);
                }
            }
        }

        return ahead.Count == 0 ? resolved : Path.Combine(resolved, Path.Combine([.. ahead]));
    }
}
