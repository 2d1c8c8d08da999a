using AppConsistentSnapshot.Tool.Tests.Support;

namespace AppConsistentSnapshot.Tool.Tests;

/// <summary>The built command, started as a person does.</summary>
public sealed class ProcessTests
{
    public ProcessTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "needs a shell and Linux");

    [Fact]
    public async Task Help_is_on_standard_output_with_every_verb_and_examples()
    {
        var (exit, output, error) = await AcsnapProcess.RunAsync("--help");

        Assert.Equal(0, exit);
        Assert.Empty(error);
        Assert.All(["check", "explain", "run", "recover", "list", "mount", "delete", "--plan", "--json", "Examples:", "130"], word => Assert.Contains(word, output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Help_of_a_verb_states_units_and_limits()
    {
        var (exit, output, _) = await AcsnapProcess.RunAsync("run", "--help");

        Assert.Equal(0, exit);
        Assert.Contains("at most 60", output, StringComparison.Ordinal);
        Assert.Contains("Backends:", output, StringComparison.Ordinal);
        Assert.Contains("acsnap run --mount /data --backend image", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_is_one_line()
    {
        var (exit, output, error) = await AcsnapProcess.RunAsync("--version");

        Assert.Equal(0, exit);
        Assert.Empty(error);
        Assert.Matches(@"^acsnap \d+\.\d+\.\d+\S*\n$", output);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("run --json")]
    [InlineData("run --mount /data=image --output /var/backups --json --freeze-limit 61")]
    [InlineData("mount --json")]
    [InlineData("explain --json --mount relative --backend image")]
    public async Task A_wrong_command_line_gives_2_and_leaves_standard_output_empty(string line)
    {
        var (exit, output, error) = await AcsnapProcess.RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(2, exit);
        Assert.Empty(output);
        Assert.StartsWith("acsnap: error: ", error, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', error);
    }

    [Fact]
    public async Task Nothing_escapes_to_a_file_even_where_a_build_server_is_assumed()
    {
        var (exit, output, error) = await AcsnapProcess.RunShellAsync("GITHUB_ACTIONS=true TERM=xterm-256color exec dotnet \"$@\"", "run");

        Assert.Equal(2, exit);
        Assert.DoesNotContain('\u001b', output + error);
    }

    [Theory]
    [InlineData(">&-")]
    [InlineData("2>&-")]
    [InlineData(">&- 2>&-")]
    [InlineData(">/dev/full")]
    [InlineData("2>/dev/full")]
    [InlineData("| true; true")]
    public async Task A_stream_that_nobody_reads_is_no_crash(string redirection)
    {
        var (exit, _, error) = await AcsnapProcess.RunShellAsync($"dotnet \"$@\" {redirection}", "--version");

        Assert.Equal(0, exit);
        Assert.DoesNotContain("Unhandled", error, StringComparison.Ordinal);
    }
}
