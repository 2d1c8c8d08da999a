using AppConsistentSnapshot.Backends;
using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Reports;

namespace AppConsistentSnapshot.Tool.Tests.Support;

internal static class Make
{
    public static SnapshotReport Report(
        SnapshotOutcome outcome = SnapshotOutcome.Succeeded,
        ConsistencyLevel consistency = ConsistencyLevel.Application,
        IReadOnlyList<SnapshotError>? errors = null,
        IReadOnlyList<LeftBehind>? leftBehind = null,
        IReadOnlyList<StepReport>? steps = null) => new()
        {
            RunId = "run-1",
            Outcome = outcome,
            RequestedConsistency = ConsistencyLevel.Application,
            Consistency = consistency,
            StartedAt = DateTimeOffset.UnixEpoch,
            DurationMilliseconds = 812.4,
            Host = new HostEntry { Kernel = "6.12", Version = "1.0" },
            Freeze = new FreezeReport { WindowMilliseconds = 21.7 },
            QuiesceWindowMilliseconds = 40.2,
            Snapshots = consistency == ConsistencyLevel.None ? [] : [Entry(consistency)],
            Errors = errors ?? [],
            LeftBehind = leftBehind ?? [],
            Steps = steps ?? [],
        };

    public static SnapshotExplanation Explanation(
        ConsistencyLevel best = ConsistencyLevel.Application, IReadOnlyList<SnapshotError>? errors = null) => new()
        {
            RequestedConsistency = ConsistencyLevel.Application,
            BestConsistency = best,
            Plans = [new PlanEntry { Path = "/etc/plan.json", Sha256 = "abc" }],
            Steps = [new ExplainedStep { Name = StepName.Freeze, Subject = "/data", Description = "freeze ext4 at /data" }],
            Mounts =
            [
                new MountReport { Path = "/data", FileSystem = "ext4", Status = MountStatus.Frozen },
                new MountReport { Path = "/srv", FileSystem = "nfs4", Status = MountStatus.Skipped, Reason = "it is on another machine" },
            ],
            Errors = errors ?? [],
        };

    public static SnapshotError Error(string message = "exit code 1") =>
        new(ErrorCodes.PreScriptExecutionFailed, message) { Subject = "/etc/plan.json" };

    public static LeftBehind Frozen(string mount = "/data") =>
        new() { Kind = LeftBehindKind.FrozenMount, Id = mount, Remedy = $"fsfreeze -u {mount}" };

    public static SnapshotProgress Progress(StepName step, StepStatus? status = null, string? subject = null) => new()
    {
        RunId = "run-1",
        At = DateTimeOffset.UnixEpoch,
        Step = step,
        Subject = subject,
        Status = status,
        Elapsed = TimeSpan.FromMilliseconds(9.1),
    };

    public static BackendSnapshot Snapshot(string id) => new()
    {
        Id = id,
        Volumes = ["/data"],
        CutStartedAt = DateTimeOffset.UnixEpoch,
        CutEndedAt = DateTimeOffset.UnixEpoch.AddMilliseconds(3),
        Consistency = ConsistencyLevel.Application,
    };

    private static SnapshotEntry Entry(ConsistencyLevel consistency) => new()
    {
        Id = "snap-1",
        Backend = "one",
        Volumes = ["/data"],
        Consistency = consistency,
        CutStartedAt = DateTimeOffset.UnixEpoch,
        CutEndedAt = DateTimeOffset.UnixEpoch,
    };
}
