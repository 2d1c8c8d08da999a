using System.Diagnostics;
using AppConsistentSnapshot.IntegrationTests.Support;
using AppConsistentSnapshot.Reports;
using AppConsistentSnapshot.Tool.Tests.Support;

namespace AppConsistentSnapshot.Tool.Tests.Real;

/// <summary>The built command on a real file system, as an operator uses it.</summary>
public sealed class RealRunTests : IDisposable
{
    private readonly LoopFileSystem _fileSystem = LoopFileSystem.Create("ext4", megabytes: 64);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("acsnap-real-");

    private string Plan => Path.Combine(_folder.FullName, "plan.json");

    private string Images => Directory.CreateDirectory(Path.Combine(_folder.FullName, "images"), (UnixFileMode)0b111_000_000).FullName;

    public void Dispose()
    {
        _fileSystem.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Run_list_mount_and_delete_work_together()
    {
        WritePlan("echo quiesced > $DATA/state", "echo running > $DATA/state");
        var run = await AcsnapProcess.RunAsync([.. RunArguments, "--json"]);

        var report = SnapshotReport.FromJson(run.Out);
        Assert.Equal((0, SnapshotOutcome.Succeeded), (run.ExitCode, report.Outcome));
        var id = Assert.Single(report.Snapshots).Id;
        Assert.Contains(id, (await AcsnapProcess.RunAsync("list", "--backend", "image", "--output", Images)).Out, StringComparison.Ordinal);

        var mountPoint = Directory.CreateDirectory(Path.Combine(_folder.FullName, "look")).FullName;
        Assert.Equal(0, (await AcsnapProcess.RunAsync("mount", id, mountPoint, "--backend", "image")).ExitCode);
        Assert.Equal("quiesced", File.ReadAllText(Path.Combine(mountPoint, "state")).Trim());
        Shell.Run("umount", mountPoint);

        Assert.Equal(0, (await AcsnapProcess.RunAsync("delete", id, "--backend", "image")).ExitCode);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Images));
    }

    [Theory]
    [InlineData("exit 1", "true", true, 3)]
    [InlineData("exit 1", "true", false, 1)]
    [InlineData("true", "exit 1", true, 4)]
    [InlineData("true", "true", true, 0)]
    public async Task The_exit_status_says_how_it_ended(string pre, string post, bool continueOnFailure, int expected)
    {
        WritePlan(pre, post, continueOnFailure);
        Assert.Equal(expected, (await AcsnapProcess.RunAsync(RunArguments)).ExitCode);
    }

    [Fact]
    public async Task Check_and_explain_touch_nothing_and_say_how_to_mend_what_is_wrong()
    {
        WritePlan("echo ran > $DATA/ran", "true");
        File.SetUnixFileMode(Plan, (UnixFileMode)0b110_100_100);
        var check = await AcsnapProcess.RunAsync("check", "--plan", Plan);
        var explain = await AcsnapProcess.RunAsync(["explain", .. RunArguments[1..^2]]);

        Assert.Equal(1, check.ExitCode);
        Assert.Contains("chmod", check.Out + check.Err, StringComparison.Ordinal);
        Assert.Equal(3, explain.ExitCode);
        Assert.False(File.Exists(Path.Combine(_fileSystem.MountPoint, "ran")));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Images));
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    [InlineData("HUP")]
    public async Task A_signal_ends_the_run_resumes_the_application_and_exits_with_130(string signal)
    {
        WritePlan("echo pre > $DATA/diary; exec sleep 1000", "echo post >> $DATA/diary");
        var diary = Path.Combine(_fileSystem.MountPoint, "diary");
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "acsnap.dll"), .. RunArguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await Eventually.HoldsAsync(() => File.Exists(diary) && File.ReadAllText(diary) == "pre\n");
        Shell.Run("kill", $"-{signal}", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(130, process.ExitCode);
        Assert.Equal("pre\npost\n", File.ReadAllText(diary));
        Assert.NotEmpty(await error);
        Assert.Contains("Cancelled", await output, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Images));
    }

    private string[] RunArguments => ["run", "--plan", Plan, "--mount", _fileSystem.MountPoint, "--backend", "image", "--output", Images, "--wait", "120"];

    private void WritePlan(string pre, string post, bool continueOnFailure = true)
    {
        WriteScript("pre.sh", pre);
        WriteScript("post.sh", post);
        File.WriteAllText(Plan, $$"""
            { "preScriptLocation": "{{_folder.FullName}}/pre.sh", "postScriptLocation": "{{_folder.FullName}}/post.sh",
              "timeoutInSeconds": 600, "continueBackupOnFailure": {{(continueOnFailure ? "true" : "false")}} }
            """);
        File.SetUnixFileMode(Plan, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private void WriteScript(string name, string body)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, $"#!/bin/sh\nDATA={_fileSystem.MountPoint}\n{body}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
