using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Recovery;
using AppConsistentSnapshot.Reports;
using AppConsistentSnapshot.Tool.Tests.Support;

namespace AppConsistentSnapshot.Tool.Tests.Verbs;

/// <summary><c>acsnap recover</c>.</summary>
public sealed class RecoverVerbTests : IDisposable
{
    private static readonly LeftBehind Left = new() { Kind = LeftBehindKind.FrozenMount, Id = "/data", Remedy = "fsfreeze -u /data" };
    private static readonly SnapshotError Error = new(ErrorCodes.RunInProgress, "run 'x' of process 7");

    private readonly CommandHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task Nothing_to_do_is_said_and_is_a_success()
    {
        Assert.Equal(0, await _harness.RunAsync("recover"));
        Assert.Contains("nothing to recover", _harness.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, true, 1)]
    [InlineData(true, true, 4)]
    [InlineData(true, false, 4)]
    public async Task What_is_left_behind_comes_before_errors(bool left, bool error, int expected)
    {
        _harness.Recovery.Report = Report(left ? [Left] : [], error ? [Error] : []);
        Assert.Equal(expected, await _harness.RunAsync("recover"));
    }

    [Fact]
    public async Task Json_is_the_report_and_nothing_else()
    {
        _harness.Recovery.Report = Report([Left], []);
        _ = await _harness.RunAsync("recover", "--json");
        Assert.Equal(_harness.Recovery.Report.ToJson() + "\n", _harness.Out);
    }

    [Fact]
    public async Task A_person_sees_each_run_and_each_step()
    {
        _harness.Recovery.Report = Report([Left], [Error]);
        _ = await _harness.RunAsync("recover");
        Assert.All(["r1", "/data", "process 12", "fsfreeze -u /data", "RunInProgress"], word => Assert.Contains(word, _harness.Out, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_backend_that_a_journal_names_needs_no_option_at_all()
    {
        _ = await _harness.RunAsync("recover");
        var request = Assert.Single(_harness.Recovery.Requests);

        Assert.Equal("boxed", request.MakeBackend!("boxed")?.Name);
        Assert.Null(request.MakeBackend("later"));
        Assert.Null(request.MakeBackend("unheard-of"));
    }

    [Fact]
    public async Task Settings_reach_the_backend_that_they_are_for()
    {
        _ = await _harness.RunAsync("recover", "--set", "one.size=7", "--output", "/srv/copies");
        var request = Assert.Single(_harness.Recovery.Requests);
        _ = request.MakeBackend!("one");
        _ = request.MakeBackend("boxed");

        Assert.Equal(7L, _harness.Made["one"].Context.FindValue<long>("size"));
        Assert.Equal("/srv/copies", _harness.Made["boxed"].Context.Get<string>("output"));
    }

    [Fact]
    public async Task A_backend_that_is_not_there_is_a_wrong_command_line()
    {
        Assert.Equal(2, await _harness.RunAsync("recover", "--backend", "nosuch"));
        Assert.Empty(_harness.Recovery.Requests);
    }

    private static RecoveryReport Report(LeftBehind[] left, SnapshotError[] errors) => new()
    {
        StartedAt = DateTimeOffset.UnixEpoch,
        DurationMilliseconds = 1,
        LeftBehind = left,
        Errors = errors,
        Runs =
        [
            new RecoveredRun
            {
                RunId = "r1",
                ProcessId = 12,
                IsRecovered = left.Length == 0,
                Steps =
                [
                    new StepReport
                    {
                        Name = StepName.Thaw,
                        Subject = "/data",
                        Status = StepStatus.Failed,
                        StartedAt = DateTimeOffset.UnixEpoch,
                        DurationMilliseconds = 1,
                    },
                ],
            },
        ],
    };
}
