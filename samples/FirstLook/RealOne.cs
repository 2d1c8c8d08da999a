using AppConsistentSnapshot;
using AppConsistentSnapshot.Backends.Images;
using AppConsistentSnapshot.Reports;

namespace FirstLook;

/// <summary>The second C# of README.md, here so that it is compiled: the same workflow with nothing fake in it.</summary>
internal static class RealOne
{
    public static async Task<SnapshotReport> TakeAsync(CancellationToken cancellationToken)
    {
        var backend = new DiskImageBackend(new DiskImageOptions { OutputFolder = "/var/backups/images" });
        var report = await SnapshotOrchestratorFactory.Create().RunAsync(
            new SnapshotRequest
            {
                Consistency = ConsistencyLevel.Application,
                Volumes = [new SnapshotVolume("/data", backend)],
                PlanPaths = ["/etc/azure/VMSnapshotScriptPluginConfig.json"],
            },
            cancellationToken: cancellationToken);

        Console.WriteLine($"{report.Outcome}: {report.Consistency}, writes held for {report.Freeze.WindowMilliseconds} ms");
        foreach (var error in report.Errors)
        {
            Console.WriteLine($"{error} {error.RecommendedAction}");
        }

        foreach (var snapshot in report.Snapshots)
        {
            await using var exposed = await backend.ExposeReadOnlyAsync(snapshot.Id, "/mnt/snapshot", cancellationToken);
            Console.WriteLine($"What {string.Join(", ", snapshot.Volumes)} held at {snapshot.CutStartedAt:O} can be read in {exposed.MountPoint}.");
        }

        return report;
    }
}
