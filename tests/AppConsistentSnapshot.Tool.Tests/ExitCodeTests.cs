using AppConsistentSnapshot.Tool.Tests.Support;

namespace AppConsistentSnapshot.Tool.Tests;

public sealed class ExitCodeTests
{
    [Theory]
    [InlineData(SnapshotOutcome.Succeeded, 0)]
    [InlineData(SnapshotOutcome.Failed, 1)]
    [InlineData(SnapshotOutcome.Degraded, 3)]
    [InlineData(SnapshotOutcome.Cancelled, 130)]
    [InlineData((SnapshotOutcome)99, 1)]
    public void A_run_has_the_status_of_its_outcome(SnapshotOutcome outcome, int expected) =>
        Assert.Equal(expected, ExitCode.OfRun(Make.Report(outcome)));

    [Theory]
    [InlineData(SnapshotOutcome.Succeeded)]
    [InlineData(SnapshotOutcome.Failed)]
    [InlineData(SnapshotOutcome.Degraded)]
    [InlineData(SnapshotOutcome.Cancelled)]
    public void Something_left_behind_comes_before_every_outcome(SnapshotOutcome outcome) =>
        Assert.Equal(4, ExitCode.OfRun(Make.Report(outcome, leftBehind: [Make.Frozen()])));

    [Theory]
    [InlineData(ConsistencyLevel.Application, false, 0)]
    [InlineData(ConsistencyLevel.Application, true, 1)]
    [InlineData(ConsistencyLevel.FileSystem, true, 3)]
    [InlineData(ConsistencyLevel.Crash, false, 3)]
    [InlineData(ConsistencyLevel.None, false, 1)]
    public void An_explanation_has_the_status_that_a_run_could_give_at_best(ConsistencyLevel best, bool hasErrors, int expected) =>
        Assert.Equal(expected, ExitCode.OfExplanation(Make.Explanation(best, hasErrors ? [Make.Error()] : [])));

    [Fact]
    public void A_check_fails_on_any_problem_and_on_nothing_else()
    {
        Assert.Equal(1, ExitCode.OfCheck(Make.Explanation(errors: [Make.Error()])));
        Assert.Equal(0, ExitCode.OfCheck(Make.Explanation(ConsistencyLevel.None)));
    }
}
