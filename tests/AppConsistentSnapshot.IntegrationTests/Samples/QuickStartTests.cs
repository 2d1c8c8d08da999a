using AppConsistentSnapshot.IntegrationTests.Support;

namespace AppConsistentSnapshot.IntegrationTests.Samples;

public sealed class QuickStartTests
{
    [Fact]
    public async Task Proves_its_snapshot_and_leaves_nothing()
    {
        Requires.FileSystem("ext4");
        Requires.Tool("e2fsck");
        using var run = QuickStartRun.Start();
        await run.EndAsync();
        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Contains("Succeeded: Application consistent", run.Output, StringComparison.Ordinal);
        Assert.Contains("proved           e2fsck -fn: the file system is clean", run.Output, StringComparison.Ordinal);
        Assert.Contains("proved           PRAGMA integrity_check: ok", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("NOT PROVED", run.Output, StringComparison.Ordinal);
        Assert.Empty(await run.LeftBehindAsync());
    }

    [Fact]
    public async Task Runs_the_same_workflow_on_fakes()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the scripts need Linux");
        using var run = QuickStartRun.Start("--fake");
        await run.EndAsync();
        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Contains("What is different from a real run", run.Output, StringComparison.Ordinal);
        Assert.Contains("the writer stands still after row", run.Output, StringComparison.Ordinal);
        Assert.Empty(await run.LeftBehindAsync());
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("KILL")]
    public async Task Leaves_nothing_when_it_is_ended_by_a_signal(string signal)
    {
        Requires.FileSystem("ext4");
        using var run = QuickStartRun.Start();
        await run.WritingAsync();
        run.Signal(signal);
        await run.EndAsync();
        Assert.NotEqual(0, run.ExitCode);
        Assert.Empty(await run.LeftBehindAsync());
    }
}
