using AppConsistentSnapshot.Reports;
using AppConsistentSnapshot.Testing;

namespace AppConsistentSnapshot.Tests.Orchestration;

/// <summary>What holds after every run, whatever failed in it.</summary>
internal static class Invariants
{
    public static void Check(Bench bench, SnapshotReport report, IReadOnlyList<FakeParticipant> participants)
    {
        NothingStaysFrozen(bench, report);
        EverythingStartedIsResumedOnce(participants, report);
        NoOrphans(bench, report);
        TheVerdictIsTrue(report);
        Assert.Equal(0, bench.Guard.OpenPlans);
        Assert.All(participants, static participant => Assert.Equal(0, participant.OpenSessions));
    }

    private static void NothingStaysFrozen(Bench bench, SnapshotReport report) => Assert.Equal(
        bench.Freezer.Frozen.Order(StringComparer.Ordinal),
        report.LeftBehind.Where(static left => left.Kind is LeftBehindKind.FrozenMount).Select(static left => left.Id).Order(StringComparer.Ordinal),
        StringComparer.Ordinal);

    private static void EverythingStartedIsResumedOnce(IReadOnlyList<FakeParticipant> participants, SnapshotReport report)
    {
        Assert.All(participants, static participant => Assert.Equal(participant.Quiesced, participant.Resumed));
        StepReport[] quiesced = [.. report.Steps.Where(static step => step is { Name: StepName.Quiesce or StepName.PreScript, Status: not StepStatus.Skipped })];
        StepReport[] resumed = [.. report.Steps.Where(static step => step is { Name: StepName.Resume or StepName.PostScript, Status: not StepStatus.Skipped })];
        Assert.Equal(quiesced.Select(static step => step.Subject).Reverse(), resumed.Select(static step => step.Subject), StringComparer.Ordinal);
    }

    private static void NoOrphans(Bench bench, SnapshotReport report)
    {
        if (report.LeftBehind.Any(static left => left.Kind is LeftBehindKind.OrphanSnapshot))
        {
            return;
        }

        var ofTheRun = bench.Backend.Snapshots.Where(snapshot => snapshot.Id.Contains(report.RunId, StringComparison.Ordinal));
        Assert.Equal(
            report.Snapshots.Where(snapshot => snapshot.Backend == bench.Backend.Name).Select(static snapshot => snapshot.Id).Order(StringComparer.Ordinal),
            ofTheRun.Select(static snapshot => snapshot.Id).Order(StringComparer.Ordinal),
            StringComparer.Ordinal);
    }

    private static void TheVerdictIsTrue(SnapshotReport report)
    {
        Assert.Equal(report.Outcome is SnapshotOutcome.Failed || report.Snapshots.Count == 0, report.Consistency is ConsistencyLevel.None);
        Assert.True(report.Consistency <= report.RequestedConsistency);
        Assert.True(report.Outcome is SnapshotOutcome.Succeeded || report.Errors.Count > 0, "What is not a success says why.");
        if (report.Consistency is ConsistencyLevel.Application)
        {
            Assert.DoesNotContain(report.Steps, static step =>
                step is { Name: StepName.Quiesce or StepName.PreScript or StepName.Confirm or StepName.Cut, Status: not StepStatus.Succeeded });
        }

        if (report.Consistency >= ConsistencyLevel.FileSystem && report.Freeze.Mounts.Any(static mount => mount.Status is MountStatus.Frozen))
        {
            Assert.True(report.Freeze.HeldThroughout);
        }
    }
}
