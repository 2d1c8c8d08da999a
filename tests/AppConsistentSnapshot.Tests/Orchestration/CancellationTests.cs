using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Reports;
using AppConsistentSnapshot.Testing;

namespace AppConsistentSnapshot.Tests.Orchestration;

/// <summary>A run that is cancelled at any moment thaws, resumes and rolls back first.</summary>
public sealed class CancellationTests : IDisposable
{
    private readonly Bench _bench = new();
    private readonly CancellationTokenSource _caller = new();

    public void Dispose() => _caller.Dispose();

    [Fact]
    public async Task Cancelled_before_it_begins_it_throws_with_the_callers_token()
    {
        await _caller.CancelAsync();
        var error = await Assert.ThrowsAsync<OperationCanceledException>(() => RunAsync(new FakeParticipant()));

        Assert.Equal(_caller.Token, error.CancellationToken);
        Assert.Empty(_bench.Backend.Calls);
    }

    [Theory]
    [InlineData("Prepare")]
    [InlineData("PrepareFreeze")]
    [InlineData("Open")]
    [InlineData("Flush")]
    public async Task Cancelled_before_anything_is_touched_it_cleans_up_and_throws(string moment)
    {
        var participant = new FakeParticipant();
        At(moment, participant);
        await Assert.ThrowsAsync<OperationCanceledException>(() => RunAsync(participant));

        Assert.Equal(0, participant.Quiesced);
        Assert.Equal(0, participant.OpenSessions);
        Assert.Equal(0, _bench.Backend.OpenCuts);
        Assert.Empty(_bench.Backend.Snapshots);
    }

    [Theory]
    [InlineData("Quiesce")]
    [InlineData("SecondFlush")]
    [InlineData("Freeze")]
    [InlineData("Cut")]
    public async Task Cancelled_before_the_cut_is_done_it_keeps_nothing(string moment)
    {
        var participant = new FakeParticipant();
        At(moment, participant);
        var report = await RunAsync(participant);

        Assert.Equal(SnapshotOutcome.Cancelled, report.Outcome);
        Assert.Equal(ConsistencyLevel.None, report.Consistency);
        Assert.Equal(1, participant.Resumed);
        Assert.Equal(SnapshotOutcome.Cancelled, participant.LastResume?.OutcomeSoFar);
        Assert.Equal(ConsistencyLevel.None, participant.LastResume?.ConsistencySoFar);
        Assert.Empty(_bench.Backend.Snapshots);
        Assert.Contains(report.Errors, static error => error.Is(ErrorCodes.Cancelled));
    }

    [Theory]
    [InlineData("Verify", true)]
    [InlineData("Thaw", true)]
    [InlineData("Resume", true)]
    [InlineData("Complete", true)]
    [InlineData("Verify", false)]
    [InlineData("Resume", false)]
    public async Task Cancelled_after_the_last_cut_it_keeps_what_is_finished_unless_told_otherwise(string moment, bool keep)
    {
        var participant = new FakeParticipant();
        At(moment, participant);
        var report = await RunAsync(participant, keep);

        Assert.Equal(SnapshotOutcome.Cancelled, report.Outcome);
        Assert.Equal(keep ? ConsistencyLevel.Application : ConsistencyLevel.None, report.Consistency);
        Assert.Equal(keep ? 1 : 0, _bench.Backend.Snapshots.Count);
        Assert.Equal(1, participant.Resumed);
    }

    [Fact]
    public async Task Cancelled_during_a_completion_that_hangs_it_rolls_back_after_one_grace_period()
    {
        _bench.Backend.On(FakeBackendPhase.Complete, FakeFault.Hang());
        _ = _caller.Token;
        var participant = new FakeParticipant("db", _bench.Time).On(FakeParticipantPhase.Resume, FakeFault.Run(() => _caller.CancelAfter(TimeSpan.FromMilliseconds(50))));
        var report = await RunAsync(participant);

        Assert.Equal(SnapshotOutcome.Cancelled, report.Outcome);
        Assert.Empty(report.Snapshots);
    }

    [Fact]
    public async Task The_limit_of_a_run_cancels_it_as_a_caller_would()
    {
        _bench.Options.RunLimit = TimeSpan.FromSeconds(30);
        var participant = new FakeParticipant("slow", _bench.Time).On(FakeParticipantPhase.Quiesce, FakeFault.Hang());
        var report = await RunAsync(participant);

        Assert.Equal(SnapshotOutcome.Cancelled, report.Outcome);
        Assert.Equal(1, participant.Resumed);
    }

    private void At(string moment, FakeParticipant participant)
    {
        var cancel = FakeFault.Run(_caller.Cancel);
        _ = moment switch
        {
            "Prepare" => (object)_bench.Backend.On(FakeBackendPhase.Prepare, cancel),
            "PrepareFreeze" => _bench.Freezer.On(FakeFreezePhase.Prepare, cancel),
            "Open" => participant.On(FakeParticipantPhase.Open, cancel),
            "Flush" => _bench.Freezer.On(FakeFreezePhase.Flush, cancel),
            "Quiesce" => participant.On(FakeParticipantPhase.Quiesce, cancel),
            "SecondFlush" => _bench.Freezer.On(FakeFreezePhase.Flush, FakeFault.None, cancel),
            "Freeze" => _bench.Freezer.On(FakeFreezePhase.Freeze, cancel),
            "Cut" => _bench.Backend.On(FakeBackendPhase.Cut, FakeFault.Run(() =>
            {
                _caller.Cancel();
                _caller.Token.ThrowIfCancellationRequested();
            })),
            "Verify" => _bench.Freezer.On(FakeFreezePhase.Verify, cancel),
            "Thaw" => _bench.Freezer.On(FakeFreezePhase.Thaw, cancel),
            "Resume" => participant.On(FakeParticipantPhase.Resume, cancel),
            "Complete" => _bench.Backend.On(FakeBackendPhase.Complete, cancel),
            _ => throw new ArgumentOutOfRangeException(nameof(moment), moment, "unknown"),
        };
    }

    private Task<SnapshotReport> RunAsync(FakeParticipant participant, bool keep = true) => _bench.RunAsync(
        new SnapshotRequest
        {
            Consistency = ConsistencyLevel.Application,
            Volumes = _bench.Volumes("/data"),
            Participants = [participant],
            KeepWhenCancelledAfterCut = keep,
        },
        _caller.Token);
}
