using AppConsistentSnapshot;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using AppConsistentSnapshot.Freezing;
using Microsoft.Extensions.Logging.Abstractions;

return args switch
{
    ["freeze", .. var mounts] when mounts.Length > 0 => await FreezeAsync(mounts),
    ["parse"] => Parse(),
    _ => Usage(),
};

// What a run does to the file systems: flush, freeze, verify, thaw.
static async Task<int> FreezeAsync(string[] mounts)
{
    var controller = FreezeController.OfThisMachine(new SnapshotOptions(), TimeProvider.System, NullLoggerFactory.Instance);
    await using var prepared = await controller.PrepareAsync(mounts, CancellationToken.None);
    await prepared.FlushAsync(CancellationToken.None);
    await using var lease = await prepared.FreezeAsync(TimeSpan.FromSeconds(10), CancellationToken.None);
    await lease.VerifyHeldAsync();
    var result = await lease.ThawAsync();
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{result.Window.TotalMilliseconds:0.00}"));
    return result.LeftBehind.Count;
}

static int Parse()
{
    var table = new StringBuilder("27 1 254:0 / / rw,relatime - ext4 /dev/vda rw,discard\n");
    for (var i = 0; i < 5000; i++)
    {
        table.Append(CultureInfo.InvariantCulture, $"{i + 100} 27 0:{i + 50} / /run/containers/{i:x8}/merged rw,relatime shared:{i} - overlay overlay rw,lowerdir=/l/{i}\n");
    }

    var bytes = Encoding.UTF8.GetBytes(table.ToString());
    var times = new List<double>();
    for (var round = 0; round < 50; round++)
    {
        var start = Stopwatch.GetTimestamp();
        _ = MountTable.Parse(bytes);
        times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
    }

    times.Sort();
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"mount table of 5000 entries: median {times[25]:0.00} ms, slowest of 50 (the first) {times[^1]:0.00} ms"));
    return 0;
}

static int Usage()
{
    Console.Error.WriteLine("usage: freeze MOUNT… | parse");
    return 2;
}
