using AppConsistentSnapshot.Tool.Tests.Support;

namespace AppConsistentSnapshot.Tool.Tests.Verbs;

public sealed class ExplainAndCheckTests : IDisposable
{
    private readonly CommandHarness _command = new();

    public void Dispose() => _command.Dispose();

    [Fact]
    public async Task Check_asks_about_plans_alone()
    {
        var exit = await _command.RunAsync("check", "--plan", "/p1", "--plan", "/p2", "--owner", "7");

        Assert.Equal(0, exit);
        Assert.Empty(_command.Request.Volumes);
        Assert.Equal(["/p1", "/p2"], _command.Request.PlanPaths);
        Assert.Equal(7, _command.Options!.Owner);
        Assert.Contains("/etc/plan.json (SHA-256 abc)", _command.Out, StringComparison.Ordinal);
        Assert.Contains("No problems found.", _command.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_says_where_a_problem_is_and_what_mends_it()
    {
        var error = new Errors.SnapshotError(Errors.ErrorCodes.IncorrectJSONConfigFile, "timeoutInSeconds is too large")
        {
            Path = "/etc/plan.json",
            Line = 3,
            Column = 5,
            Field = "timeoutInSeconds",
            Found = "9000",
            Allowed = "1 to 1800",
        };
        _command.Orchestrator.OnExplain = (_, _) => Task.FromResult(Make.Explanation(ConsistencyLevel.FileSystem, [error]));

        var exit = await _command.RunAsync("check");

        Assert.Equal(1, exit);
        Assert.Contains("/etc/plan.json, line 3, column 5, field timeoutInSeconds, found 9000, allowed: 1 to 1800", _command.Out, StringComparison.Ordinal);
        Assert.Contains("What to do: Correct the plan file", _command.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("No problems", _command.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("check")]
    [InlineData("explain --mount /data=one")]
    public async Task Standard_output_holds_the_explanation_and_nothing_else(string line)
    {
        Assert.Equal(0, await _command.RunAsync([.. line.Split(' '), "--json"]));
        Assert.Equal(Make.Explanation().ToJson() + "\n", _command.Out);
    }

    [Fact]
    public async Task Explain_shows_steps_mounts_and_the_best_level()
    {
        _command.Orchestrator.OnExplain = (_, _) => Task.FromResult(Make.Explanation(ConsistencyLevel.Crash));

        var exit = await _command.RunAsync("explain", "--mount", "/data=one", "--freeze-limit", "1");

        Assert.Equal(3, exit);
        Assert.Equal(TimeSpan.FromSeconds(1), _command.Request.FreezeLimit);
        Assert.Contains("Best level that can be reached: crash-consistent; application-consistent is wanted.", _command.Out, StringComparison.Ordinal);
        Assert.Contains(" 1. Freeze /data: freeze ext4 at /data", _command.Out, StringComparison.Ordinal);
        Assert.Contains("/data (ext4): frozen", _command.Out, StringComparison.Ordinal);
        Assert.Contains("/srv (nfs4): skipped because it is on another machine", _command.Out, StringComparison.Ordinal);
        Assert.Contains("Nothing was touched.", _command.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_fails_where_a_run_would()
    {
        _command.Orchestrator.OnExplain = (_, _) => Task.FromResult(Make.Explanation(ConsistencyLevel.None, [Make.Error()]));

        Assert.Equal(1, await _command.RunAsync("explain", "--mount", "/data=one"));
        Assert.Contains("The run would fail", _command.Out, StringComparison.Ordinal);
    }
}
