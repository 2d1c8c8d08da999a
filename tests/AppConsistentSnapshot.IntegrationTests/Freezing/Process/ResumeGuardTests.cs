using System.Text.Json;
using AppConsistentSnapshot.Freezing.Process;
using AppConsistentSnapshot.IntegrationTests.Support;
using AppConsistentSnapshot.Scripts;

namespace AppConsistentSnapshot.IntegrationTests.Freezing.Process;

/// <summary>The freezer resumes applications in the place of a host that died.</summary>
public sealed class ResumeGuardTests : IDisposable
{
    private readonly string _runId = Guid.NewGuid().ToString("n");
    private readonly string _folder;

    public ResumeGuardTests()
    {
        Requires.Root();

        // Not in /tmp, whose folder anybody may write: the guard would rightly refuse the scripts.
        _folder = Directory.CreateDirectory($"/root/acs-test-{_runId}").FullName;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(FreezerForms.Managed)]
    [InlineData(FreezerForms.Native)]
    public async Task Runs_the_post_scripts_in_reverse_order_when_the_host_is_killed(string form)
    {
        using var host = new MortalHost();
        await host.ArmAsync(form);
        Assert.Equal("owes 0", await host.SayAsync("owe " + Owe("one")));
        Assert.Equal("owes 1", await host.SayAsync("owe " + Owe("two")));
        Assert.Equal("owes 2", await host.SayAsync("owe " + Owe("settled")));
        Assert.Equal("entered", await host.SayAsync("stage 0 Quiesced"));
        Assert.Equal("entered", await host.SayAsync("stage 2 Settled"));
        host.Kill();
        await Eventually.TrueAsync(() => !host.FreezerIsAlive, "the freezer stays");
        Assert.Equal(["two post 1", "one post 1"], await File.ReadAllLinesAsync(Path.Combine(_folder, "log"), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(FreezerForms.Managed)]
    [InlineData(FreezerForms.Native)]
    public async Task Thaws_first_and_then_runs_the_post_script(string form)
    {
        using var fileSystem = LoopFileSystem.Create("ext4", 64);
        using var host = new MortalHost();
        await host.ArmAsync(form, fileSystem.MountPoint);

        // It writes to what is frozen, and would hang.
        Assert.Equal("owes 0", await host.SayAsync("owe " + Owe("app", $"echo thawed > {fileSystem.MountPoint}/resumed")));
        Assert.Equal("entered", await host.SayAsync("stage 0 Quiesced"));
        Assert.Equal("frozen", await host.SayAsync("freeze 30"));
        host.Kill();
        await Eventually.TrueAsync(() => !host.FreezerIsAlive, "the freezer stays");
        Assert.Equal(["app post 1"], await File.ReadAllLinesAsync(Path.Combine(_folder, "log"), TestContext.Current.CancellationToken));
        Assert.True(File.Exists(Path.Combine(fileSystem.MountPoint, "resumed")));
    }

    [Theory]
    [InlineData(FreezerForms.Managed)]
    [InlineData(FreezerForms.Native)]
    public async Task Ends_a_pre_script_that_still_runs_before_it_resumes(string form)
    {
        using var host = new MortalHost();
        await host.ArmAsync(form);
        Assert.Equal("owes 0", await host.SayAsync("owe " + Owe("app", $"if [ -d /proc/$(cat {_folder}/pre) ] && ! grep -q ') Z' /proc/$(cat {_folder}/pre)/stat; then echo still >> {_folder}/log; fi")));
        using var preScript = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("setsid", ["sh", "-c", $"trap '' TERM; echo $$ > {_folder}/pre; while :; do sleep 1; done"])
        {
            UseShellExecute = false,
            Environment = { ["ACS_PHASE"] = "pre", ["ACS_RUN_ID"] = _runId, ["ACS_PLAN"] = "app" },
        })!;
        await Eventually.TrueAsync(() => File.Exists($"{_folder}/pre") && File.ReadAllText($"{_folder}/pre").EndsWith('\n'), "the pre-script does not start");
        host.Kill();
        await preScript.WaitForExitAsync(TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => !host.FreezerIsAlive, "the freezer stays");
        Assert.Equal(["app post 1"], await File.ReadAllLinesAsync(Path.Combine(_folder, "log"), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(FreezerForms.Managed)]
    [InlineData(FreezerForms.Native)]
    public async Task Waits_for_a_post_script_that_still_runs_and_runs_it_again_for_its_end_is_not_known(string form)
    {
        using var host = new MortalHost();
        await host.ArmAsync(form);
        Assert.Equal("owes 0", await host.SayAsync("owe " + Owe("app")));
        Assert.Equal("entered", await host.SayAsync("stage 0 Resuming"));
        using var postScript = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("setsid", ["sh", "-c", $"read line; echo first >> {_folder}/log"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            Environment = { ["ACS_PHASE"] = "post", ["ACS_RUN_ID"] = _runId, ["ACS_PLAN"] = "app" },
        })!;
        await Eventually.TrueAsync(() => File.ReadAllText($"/proc/{postScript.Id}/comm") == "sh\n", "the post-script does not start");
        host.Kill();
        await Eventually.TrueAsync(() => HasEnded(host.Id), "the host stays");
        Assert.True(host.FreezerIsAlive);
        await postScript.StandardInput.WriteLineAsync("go");
        await Eventually.TrueAsync(() => !host.FreezerIsAlive, "the freezer stays");
        Assert.Equal(["first", "app post 1"], await File.ReadAllLinesAsync(Path.Combine(_folder, "log"), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(FreezerForms.Managed)]
    [InlineData(FreezerForms.Native)]
    public async Task Ends_by_itself_when_nothing_is_owed(string form)
    {
        using var host = new MortalHost();
        await host.ArmAsync(form);
        Assert.True(host.FreezerIsAlive);
        host.Kill();
        await Eventually.TrueAsync(() => !host.FreezerIsAlive, "the freezer stays");
        Assert.False(File.Exists(Path.Combine(_folder, "log")));
    }

    private static bool HasEnded(int process) =>
        !File.Exists($"/proc/{process}/stat") || File.ReadAllText($"/proc/{process}/stat").Contains(") Z", StringComparison.Ordinal);

    private string Owe(string name, string further = "true")
    {
        var script = Path.Combine(_folder, name);
        File.WriteAllText(script, $"#!/bin/sh\n{further}\necho {name} $ACS_PHASE $ACS_RECOVERY >> {_folder}/log\n");
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var state = new ScriptRecoveryState { RunId = _runId, Plan = name, PostScript = script, TimeoutSeconds = 30 };
        return JsonSerializer.Serialize(
            new ResumeObligation
            {
                ParticipantId = name,
                RunId = _runId,
                Plan = name,
                Mounts = [],
                RecoveryState = JsonSerializer.Serialize(state, ScriptRecoveryJsonContext.Default.ScriptRecoveryState),
                GraceSeconds = 0.2,
                Umask = 18,
            },
            ResumeObligationJsonContext.Default.ResumeObligation);
    }
}
