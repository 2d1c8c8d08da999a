using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Reports;

namespace AppConsistentSnapshot.Tests;

public sealed class ReportTests
{
    [Fact]
    public void Survives_a_round_trip_through_JSON()
    {
        var report = new SnapshotReport
        {
            RunId = "r1",
            Outcome = SnapshotOutcome.Degraded,
            RequestedConsistency = ConsistencyLevel.Application,
            Consistency = ConsistencyLevel.FileSystem,
            StartedAt = DateTimeOffset.UnixEpoch,
            DurationMilliseconds = 812.4,
            Host = new HostEntry { Kernel = "6.12", Version = "1.0" },
            Freeze = new FreezeReport(),
            Errors = [new SnapshotError(ErrorCodes.PreScriptExecutionFailed, "exit code 1 – \"ä\" <b>") { Path = "/pre.sh" }],
        };

        var json = report.ToJson();

        Assert.Contains("\"heldThroughout\": null", json, StringComparison.Ordinal);
        Assert.Contains("\"code\": \"Pre-ScriptExecutionFailed\"", json, StringComparison.Ordinal);
        Assert.Contains("\"startedAt\": \"1970-01-01T00:00:00.0000000Z\"", json, StringComparison.Ordinal);
        Assert.Contains("<b>", json, StringComparison.Ordinal);
        Assert.Equal(json, SnapshotReport.FromJson(json).ToJson());
    }
}
