using AppConsistentSnapshot.Errors;

namespace AppConsistentSnapshot.Freezing.Process;

/// <summary>Weaknesses as warnings of the report.</summary>
internal static class FreezerWeaknesses
{
    private static readonly (FreezerWeakness Weakness, string Message)[] Texts =
    [
        (FreezerWeakness.MemoryNotLocked, "The freezer could not lock its memory (mlockall): while memory is short it may thaw late"),
        (FreezerWeakness.KillableWhenMemoryIsShort, "The freezer could not protect itself from the OOM killer (/proc/self/oom_score_adj)"),
        (FreezerWeakness.InTheHostsCgroup, "The freezer could not leave the cgroup of this process: who kills the whole cgroup kills it too"),
        (FreezerWeakness.BlindToBlockedHosts, "The freezer cannot look at this process (/proc): if it is killed while a thread of it is blocked in the kernel, only the limit thaws"),
        (FreezerWeakness.MemoryNotReserved, "The freezer could not reserve memory for the time of the freeze"),
    ];

    public static IReadOnlyList<SnapshotError> Describe(FreezerWeakness weaknesses) =>
        [.. Texts.Where(text => weaknesses.HasFlag(text.Weakness)).Select(static text => new SnapshotError(ErrorCodes.FreezerUnprotected, text.Message))];
}
