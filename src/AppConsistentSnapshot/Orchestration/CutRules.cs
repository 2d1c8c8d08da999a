using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Freezing;

namespace AppConsistentSnapshot.Orchestration;

/// <summary>Which cuts may happen inside a freeze: those that write to nothing that is frozen, and that fit the window.</summary>
internal static class CutRules
{
    public static IEnumerable<SnapshotError> Check(RunContext run, IReadOnlyList<PreparedBackend> backends, IReadOnlyList<MountInspection> toFreeze)
    {
        if (toFreeze.Count == 0)
        {
            yield break;
        }

        var frozen = toFreeze.ToLookup(static mount => mount.FileSystem!.DeviceNumber, StringComparer.Ordinal);
        foreach (var backend in backends)
        {
            string[] written = [.. backend.Cut.Volumes.SelectMany(static volume => volume.WritesTo).Distinct(StringComparer.Ordinal)];
            foreach (var target in run.FreezeController.Inspect(written))
            {
                if (target.FileSystem is { } fileSystem && frozen[fileSystem.DeviceNumber].FirstOrDefault() is { } mount)
                {
                    yield return new SnapshotError(
                        ErrorCodes.CutWritesToFrozenFileSystem,
                        $"Backend '{backend.Backend.Name}' writes to '{target.Path}', which lies on '{mount.Path}', and that is to be frozen.")
                    {
                        Subject = backend.Backend.Name,
                        Path = target.Path,
                    };
                }
            }

            if (backend.Cut.EstimatedCutTime > run.FreezeLimit)
            {
                yield return new SnapshotError(
                    ErrorCodes.CutDoesNotFit,
                    $"Backend '{backend.Backend.Name}' needs about {backend.Cut.EstimatedCutTime.TotalSeconds:0.#} seconds to cut; the freeze may last {run.FreezeLimit.TotalSeconds:0.#}.")
                {
                    Subject = backend.Backend.Name,
                    Found = $"{backend.Cut.EstimatedCutTime.TotalSeconds:0.#} s",
                    Allowed = $"at most {run.FreezeLimit.TotalSeconds:0.#} s",
                };
            }
        }
    }
}
