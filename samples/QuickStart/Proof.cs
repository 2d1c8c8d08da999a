using System.Diagnostics;
using System.Globalization;
using AppConsistentSnapshot.Backends;
using AppConsistentSnapshot.Backends.Images;
using AppConsistentSnapshot.Reports;

namespace QuickStart;

/// <summary>Believes no report: asks the file system, the database and the clock.</summary>
internal sealed class Proof
{
    private readonly List<(bool Holds, string Claim)> _claims = [];
    private readonly Room _room;
    private readonly long _lastRow;

    private Proof(Room room)
    {
        _room = room;
        var stoodStill = File.Exists(room.Control.Resumed);
        _lastRow = stoodStill ? long.Parse(File.ReadAllText(room.Control.Resumed), CultureInfo.InvariantCulture) : 0;
        Claim(stoodStill, stoodStill ? $"the writer stood still after row {_lastRow}, and was let go on" : "the writer never stood still and went on");
    }

    public IReadOnlyList<(bool Holds, string Claim)> Claims => _claims;

    /// <summary>How long the writer stood still by its own clock: from the last row before to the first row after.</summary>
    public TimeSpan? Standstill { get; private set; }

    /// <summary>Looks for the proof, tells it, and says whether it holds.</summary>
    public static async Task<bool> FindAsync(Room room, ISnapshotBackend backend, SnapshotReport report, CancellationToken cancellationToken)
    {
        var proof = new Proof(room);
        if (backend is DiskImageBackend)
        {
            var image = report.Snapshots.Single().Id;
            await proof.FileSystemIsCleanAsync(image, cancellationToken);
            await using var exposed = await backend.ExposeReadOnlyAsync(image, room.Exposed, cancellationToken);
            proof.DatabaseIsThatOfTheStandstill(Room.DatabaseIn(exposed.MountPoint));
        }

        await proof.WriterStoodStillAndGoesOnAsync(report.Freeze, cancellationToken);
        Story.Tell(proof);
        return proof.Claims.All(static claim => claim.Holds);
    }

    private async Task FileSystemIsCleanAsync(string image, CancellationToken cancellationToken)
    {
        using var check = Process.Start(new ProcessStartInfo("e2fsck", ["-f", "-n", image])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = check.StandardError.ReadToEndAsync(cancellationToken);
        var output = await check.StandardOutput.ReadToEndAsync(cancellationToken) + await errors;
        await check.WaitForExitAsync(cancellationToken);
        Claim(check.ExitCode == 0, check.ExitCode == 0 ? "e2fsck -fn: the file system is clean" : $"e2fsck -fn: exit status {check.ExitCode}: {output}");
    }

    /// <summary>The database in the snapshot is whole, has every row that the writer wrote before it stood still, and none that came later.</summary>
    private void DatabaseIsThatOfTheStandstill(string path)
    {
        var log = new FileInfo(path + "-wal");
        Claim(!log.Exists || log.Length == 0, "the write-ahead log is empty: the application had finished, nothing has to be recovered");
        using var orders = Orders.Open(path);
        var integrity = orders.CheckIntegrity();
        Claim(integrity == "ok", $"PRAGMA integrity_check: {integrity}");
        var (count, last) = (orders.Count(), orders.LastRow());
        Claim(last == _lastRow && count == _lastRow, $"the snapshot holds {count} rows; the last is {last}: all that was committed before, and nothing after");
    }

    /// <summary>In the live database: no row was written while the volume was held, and the writer has not stopped for good.</summary>
    private async Task WriterStoodStillAndGoesOnAsync(FreezeReport freeze, CancellationToken cancellationToken)
    {
        using var orders = Orders.Open(_room.Database);
        var patience = Stopwatch.StartNew();
        while (orders.WrittenAt(_lastRow + 1) is null && patience.Elapsed < TimeSpan.FromSeconds(10))
        {
            await Task.Delay(5, cancellationToken);
        }

        var (before, after) = (orders.WrittenAt(_lastRow), orders.WrittenAt(_lastRow + 1));
        Standstill = after - before;
        Claim(
            before < freeze.FrozenAt && freeze.ThawStartedAt < after,
            $"row {_lastRow} was written at {before:HH:mm:ss.fff}, row {_lastRow + 1} at {after:HH:mm:ss.fff}; the freeze lies in between");
        Claim(after is not null, $"the writer goes on: it is at row {orders.LastRow()} now");
    }

    private void Claim(bool holds, string claim) => _claims.Add((holds, claim));
}
