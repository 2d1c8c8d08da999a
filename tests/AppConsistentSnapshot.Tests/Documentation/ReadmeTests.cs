using System.Diagnostics;
using System.Text.RegularExpressions;

namespace AppConsistentSnapshot.Tests.Documentation;

public sealed partial class ReadmeTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    [Fact]
    public void The_first_program_is_the_one_that_is_built() =>
        Assert.Equal(Repository.Read("samples/FirstLook/Program.cs"), CSharpBlocks()[0]);

    [Fact]
    public async Task The_first_program_runs_without_root_and_succeeds()
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Repository.Built("FirstLook")])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            Assert.Equal("", await error);
            Assert.Equal(0, process.ExitCode);
            Assert.StartsWith("Succeeded: Application consistent", output, StringComparison.Ordinal);
            Assert.EndsWith("still frozen: 0\n", output, StringComparison.Ordinal);
        }
        finally
        {
            process.Kill();
        }
    }

    [Fact]
    public void Every_other_program_is_compiled_somewhere_in_the_samples()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(Repository.Root, "samples"), "*.cs", SearchOption.AllDirectories)
            .Select(path => WithoutIndentation(Repository.Read(path)))
            .ToArray();
        Assert.All(CSharpBlocks().Skip(1), block => Assert.Contains(sources, source => source.Contains(WithoutIndentation(block), StringComparison.Ordinal)));
    }

    [Fact]
    public void The_failure_table_is_that_of_the_failure_policy()
    {
        var rows = Repository.Read("docs/failure-policy.md").Split('\n').Where(static line => line.StartsWith('|')).ToArray();
        Assert.NotEmpty(rows);
        Assert.Contains(string.Join('\n', rows), Repository.Read("README.md"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_two_commands_can_be_run()
    {
        var commands = CommandLine().Matches(Repository.Read("README.md")).Select(static match => match.Groups["path"].Value).ToArray();
        Assert.Equal(["samples/quickstart.sh", "tests/run.sh"], commands);
        Assert.SkipWhen(OperatingSystem.IsWindows(), "files have no mode there");
        Assert.All(commands, static command => Assert.True(
#pragma warning disable CA1416 // Skipped where there is none.
            File.GetUnixFileMode(Path.Combine(Repository.Root, command)).HasFlag(UnixFileMode.UserExecute), command));
#pragma warning restore CA1416
    }

    private static string[] CSharpBlocks() =>
        [.. CSharpBlock().Matches(Repository.Read("README.md")).Select(static match => match.Groups["code"].Value)];

    private static string WithoutIndentation(string text) => string.Join('\n', text.Split('\n').Select(static line => line.Trim())).Trim();

    [GeneratedRegex("^```csharp\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CSharpBlock();

    [GeneratedRegex(@"^(?<path>[\w/]+\.sh) +# ", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CommandLine();
}
