// One application-consistent snapshot, from the request to the proof.
// quickstart.sh makes everything around it (a file system, a busy writer, a plan with its two scripts) and takes it away again.
using System.Globalization;
using AppConsistentSnapshot;
using AppConsistentSnapshot.Backends;
using AppConsistentSnapshot.Backends.Images;
using AppConsistentSnapshot.Testing;
using QuickStart;

switch (args)
{
    case ["writer", var folder, var control]:
        return Writer.Run(folder, new Control(control));
    case ["real", var folder]:
        var real = new Room(folder);
        return await SnapshotAsync(
            real, new DiskImageBackend(new DiskImageOptions { OutputFolder = real.Images }),
            new SnapshotOptions { WaitForOtherRun = TimeSpan.FromMinutes(1) }, new SnapshotComponents());
    case ["fake", var folder, var user]:
        var fake = new Room(folder);
        return await SnapshotAsync(
            fake, new FakeSnapshotBackend(), new SnapshotOptions
            {
                Owner = int.Parse(user, CultureInfo.InvariantCulture),
                JournalFolder = Path.Combine(folder, "journal"),
                RuntimeFolder = Path.Combine(folder, "runtime"),
            },
            new SnapshotComponents { FreezeController = new FakeFreezeController().AddMount(fake.Volume) });
    default:
        Console.Error.WriteLine("Run samples/quickstart.sh: it makes what this program needs.");
        return 2;
}

static async Task<int> SnapshotAsync(Room room, ISnapshotBackend backend, SnapshotOptions options, SnapshotComponents components)
{
    using var stop = new StopSignals();
    try
    {
        var orchestrator = SnapshotOrchestratorFactory.Create(options, components);
        var request = new SnapshotRequest
        {
            Consistency = ConsistencyLevel.Application,
            Volumes = [new SnapshotVolume(room.Volume, backend)],
            PlanPaths = [room.Plan],
        };
        var report = await orchestrator.RunAsync(request, cancellationToken: stop.Token);
        await File.WriteAllTextAsync(room.Report, report.ToJson());
        Story.Tell(report);
        return report.Outcome switch
        {
            SnapshotOutcome.Succeeded => await Proof.FindAsync(room, backend, report, stop.Token) ? 0 : 1,
            SnapshotOutcome.Cancelled => 130,
            _ => 1,
        };
    }
    catch (OperationCanceledException)
    {
        Console.WriteLine("Cancelled.");
        return 130;
    }
}
