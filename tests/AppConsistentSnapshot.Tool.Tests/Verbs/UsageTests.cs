using AppConsistentSnapshot.Tool.Tests.Support;

namespace AppConsistentSnapshot.Tool.Tests.Verbs;

public sealed class UsageTests : IDisposable
{
    private readonly CommandHarness _command = new();

    public void Dispose() => _command.Dispose();

    [Theory]
    [InlineData("run --mount /data", "--mount: '/data'", "backend")]
    [InlineData("run --backend one", "--mount", "at least one mount point")]
    [InlineData("run --mount data=one", "'data'", "absolute path")]
    [InlineData("run --mount =one", "--mount: ''", "a path is needed")]
    [InlineData("run --mount /d=later", "'later'", "not in this version")]
    [InlineData("run --mount /d --backend noe", "'noe'", "did you mean 'one'?")]
    [InlineData("run --mount /d=one --backend nothing", "'nothing'", "one, boxed")]
    [InlineData("run --mount /d=boxed", "--output", "needs a folder")]
    [InlineData("run --mount /d=one --freeze-limit 0", "--freeze-limit: '0'", "at most 60")]
    [InlineData("run --mount /d=one --freeze-limit 61", "--freeze-limit: '61'", "at most 60")]
    [InlineData("run --mount /d=one --consistency full", "--consistency: 'full'", "application, filesystem, crash")]
    [InlineData("run --mount /d=one --minimum best", "--minimum: 'best'", "application, filesystem, crash")]
    [InlineData("run --mount /d=one --consistency crash --minimum filesystem", "--minimum", "must not be above --consistency")]
    [InlineData("run --mount /d=one --owner root", "--owner: 'root'", "numeric user id")]
    [InlineData("run --mount /d=one --owner -1", "--owner: '-1'", "numeric user id")]
    [InlineData("run --mount /d=one --single-disk-fallback=maybe", "--single-disk-fallback: 'maybe'", "true or false")]
    [InlineData("run --mount /d=one --set one.size=101", "'one.size=101'", "from 1 to 100")]
    [InlineData("run --mount /d=one --set one.thin=2", "'one.thin=2'", "true or false")]
    [InlineData("run --mount /d=one --set one.sice=1", "no setting 'sice'", "known: size, thin")]
    [InlineData("run --mount /d=one --set later.x=1", "'later'", "has no settings")]
    [InlineData("run --mount /d=one --set two.size=1", "no backend 'two'", "one, boxed, later")]
    [InlineData("run --mount /d=one --set one.size=1 --set one.size=2", "--set: '2'", "already set to '1'")]
    [InlineData("run --mount /d=boxed --output /a --set boxed.output=/b", "--output: '/a'", "already set to '/b'")]
    [InlineData("run --mount /d=one --plan --json", "--plan: '--json'", "hyphen")]
    [InlineData("run --mount /d=one --consistncy crash", "'--consistncy'", "did you mean '--consistency'?")]
    [InlineData("run --mount /d=one /e", "'/e'", "takes options only")]
    [InlineData("run --mount", "--mount", "Required argument missing")]
    [InlineData("check --mount /d", "'--mount'", "no option of 'check'")]
    [InlineData("explain --plan /p", "--mount", "acsnap check")]
    [InlineData("list", "--backend", "one, boxed")]
    [InlineData("mount --backend one", "missing: ID and DIR", "takes ID and DIR")]
    [InlineData("delete --backend one a b", "'b'", "takes ID")]
    [InlineData("delete --backend boxed name", "--output", "needs a folder")]
    [InlineData("repair", "'repair'", "check, explain, run, recover, list, mount, delete")]
    [InlineData("rum", "'rum'", "did you mean 'run'?")]
    [InlineData("", "a verb is needed", "check, explain, run, recover, list, mount, delete")]
    public async Task Names_the_option_the_value_and_what_is_allowed(string line, string what, string allowed)
    {
        var exit = await _command.RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(2, exit);
        Assert.Contains(what, _command.Err, StringComparison.Ordinal);
        Assert.Contains(allowed, _command.Err, StringComparison.Ordinal);
        Assert.Contains("--help", _command.Err, StringComparison.Ordinal);
        Assert.Empty(_command.Out);
        Assert.Empty(_command.Orchestrator.Requests);
        Assert.Empty(_command.Made);
    }

    [Fact]
    public async Task Says_every_problem_at_once()
    {
        var exit = await _command.RunAsync("run", "--mount", "x=one", "--freeze-limit", "99", "--owner", "me", "--minimum", "?", "--report", "/dev/null");

        Assert.Equal(2, exit);
        Assert.All(
            ["--mount", "--freeze-limit", "--owner", "--minimum", "--report"],
            option => Assert.Contains($"acsnap: error: {option}:", _command.Err, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_request_that_the_library_refuses_is_a_wrong_command_line()
    {
        _command.Orchestrator.OnRun = (request, _, _) => throw new ArgumentException("The volumes contradict each other.", nameof(request));

        var exit = await _command.RunAsync("run", "--mount", "/d=one", "--json");

        Assert.Equal(2, exit);
        Assert.Contains("acsnap: error: The volumes contradict each other.\n", _command.Err, StringComparison.Ordinal);
        Assert.Empty(_command.Out);
    }

    [Fact]
    public async Task Reads_no_arguments_from_a_file_and_takes_no_path_for_help()
    {
        Assert.Equal(2, await _command.RunAsync("run", "@/etc/hostname"));
        Assert.Contains("'@/etc/hostname'", _command.Err, StringComparison.Ordinal);

        Assert.Equal(2, await _command.RunAsync("mount", "--backend", "one", "/h", "/does-not-exist"));
        Assert.Empty(_command.Out);
    }

    [Fact]
    public async Task Escapes_what_was_typed()
    {
        Assert.Equal(2, await _command.RunAsync("run", "\u001b[2J[red]"));

        Assert.Contains(@"'\x1B[2J[red]'", _command.Err, StringComparison.Ordinal);
    }
}
