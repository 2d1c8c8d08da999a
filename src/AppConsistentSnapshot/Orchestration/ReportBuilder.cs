using System.Reflection;
using AppConsistentSnapshot.Freezing;
using AppConsistentSnapshot.Backends;
using AppConsistentSnapshot.Reports;

namespace AppConsistentSnapshot.Orchestration;

/// <summary>Puts a report together from what the stages recorded.</summary>
internal static class ReportBuilder
{
    private static readonly string Version =
        typeof(ReportBuilder).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";

    public static SnapshotReport Build(
        RunContext run, PlanSet plans, Preparation preparation, ParticipantStage participants, CutRecord cut, RunClock clock)
    {
        var verdict = run.Verdict;
        PreparedBackend[] kept = [.. preparation.Backends.Where(static backend => backend.IsComplete)];
        return new SnapshotReport
        {
            RunId = run.RunId,
            Attempt = clock.Attempt,
            Outcome = verdict.Outcome,
            RequestedConsistency = run.Request.Consistency,
            Consistency = verdict.Consistency,
            StartedAt = clock.StartedAt,
            DurationMilliseconds = clock.Duration.TotalMilliseconds,
            Host = new HostEntry { BootId = run.HostFacts.BootId, Kernel = run.HostFacts.Kernel, Version = Version },
            Plans = plans.Plans,
            Steps = run.Recorder.Steps,
            Freeze = BuildFreeze(preparation, cut),
            QuiesceWindowMilliseconds = participants.QuiesceWindow?.TotalMilliseconds,
            SharedInstant = StoodStillTogether(preparation, cut),
            CutSkewMilliseconds = SkewOf(preparation.Backends.SelectMany(static backend => backend.Snapshots)),
            Snapshots = [.. kept.SelectMany(backend => backend.Snapshots.Select(snapshot => BuildEntry(verdict, backend.Backend.Name, snapshot)))],
            Errors = run.Recorder.Errors,
            Warnings = run.Recorder.Warnings,
            LeftBehind = run.Recorder.LeftBehind,
        };
    }

    private static FreezeReport BuildFreeze(Preparation preparation, CutRecord cut) => new()
    {
        FrozenAt = cut.FrozenAt,
        FreezerArmed = preparation.Freeze is IArmedFreeze { Freezer.IsOutside: true },
        ThawStartedAt = cut.ThawStartedAt,
        WindowMilliseconds = cut.Window?.TotalMilliseconds,
        HeldThroughout = cut.HeldThroughout,
        Mounts = [.. preparation.Mounts.Select(mount => mount.Status is MountStatus.Frozen ? WhatBecameOf(mount, cut) : mount)],
    };

    /// <summary>A mount that was to be frozen: what the freeze says of it, or of another mount of the same file system, or that it never came to it.</summary>
    private static MountReport WhatBecameOf(MountReport planned, CutRecord cut) =>
        cut.Mounts.FirstOrDefault(mount => mount.Path == planned.Path) ?? new MountReport
        {
            Path = planned.Path,
            FileSystem = planned.FileSystem,
            Status = cut.FrozenAt is null ? MountStatus.Skipped : MountStatus.Frozen,
            Reason = cut.FrozenAt is null ? "The run did not come to the freeze, or needed none any more." : "Frozen with another mount of the same file system.",
        };

    private static bool StoodStillTogether(Preparation preparation, CutRecord cut) =>
        cut is { IsCut: true, HeldThroughout: true } && preparation.Mounts.All(static mount => mount.Status is MountStatus.Frozen);

    private static double? SkewOf(IEnumerable<BackendSnapshot> snapshots)
    {
        BackendSnapshot[] all = [.. snapshots];
        return all.Length == 0
            ? null
            : (all.Max(static snapshot => snapshot.CutEndedAt) - all.Min(static snapshot => snapshot.CutStartedAt)).TotalMilliseconds;
    }

    private static SnapshotEntry BuildEntry(Verdict verdict, string backend, BackendSnapshot snapshot) => new()
    {
        Id = snapshot.Id,
        Backend = backend,
        Volumes = snapshot.Volumes,
        Consistency = snapshot.Volumes.Select(verdict.Of).Append(verdict.Ceiling).Min(),
        CutStartedAt = snapshot.CutStartedAt,
        CutEndedAt = snapshot.CutEndedAt,
        Properties = snapshot.Properties,
    };
}
