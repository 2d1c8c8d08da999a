using AppConsistentSnapshot.Backends.Images;
using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.IntegrationTests.Support;
using AppConsistentSnapshot.Reports;

namespace AppConsistentSnapshot.IntegrationTests.Workflow;

/// <summary>The whole workflow with nothing faked: real file systems, real freezes, real scripts, real images.</summary>
public sealed class WorkflowTests
{
    private const string Pre = "echo \"$ACS_PHASE $# $1 $2 $ACS_MOUNTS\" >> $DIARY; echo quiesced > $DATA/state";
    private const string Post = "echo \"$ACS_PHASE $ACS_OUTCOME $ACS_CONSISTENCY\" >> $DIARY; echo running > $DATA/state";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ext4")]
    [InlineData("xfs")]
    [InlineData("btrfs")]
    public async Task The_snapshot_holds_what_the_pre_script_left_and_is_application_consistent(string type)
    {
        using var machine = new Machine(type);
        machine.WritePlan(Pre, Post);
        var report = await machine.RunAsync(cancellationToken: Token);

        Assert.Equal((SnapshotOutcome.Succeeded, ConsistencyLevel.Application), (report.Outcome, report.Consistency));
        Assert.Equal([$"pre 2 a b $HOME {machine.FileSystem.MountPoint}", "post Succeeded Application"], machine.Lines);
        Assert.True(report.Freeze.HeldThroughout);
        Assert.False(machine.FileSystem.IsFrozen);
        Assert.Equal("running", File.ReadAllText(Path.Combine(machine.FileSystem.MountPoint, "state")).Trim());
        await machine.LookAtAsync(Assert.Single(report.Snapshots), static folder =>
            Assert.Equal("quiesced", File.ReadAllText(Path.Combine(folder, "state")).Trim()));
    }

    [Fact]
    public async Task What_an_application_writes_without_pause_is_cut_at_one_moment()
    {
        using var machine = new Machine("ext4");
        machine.WritePlan("echo pre >> $DIARY", "echo post >> $DIARY");
        using var stop = new CancellationTokenSource();
        var writer = Task.Run(() => PairWriter.Run(machine.FileSystem.MountPoint, stop.Token), Token);
        var report = await machine.RunAsync(cancellationToken: Token);
        await stop.CancelAsync();
        await writer;

        Assert.Equal(SnapshotOutcome.Succeeded, report.Outcome);
        await machine.LookAtAsync(Assert.Single(report.Snapshots), PairWriter.Check);
    }

    [Theory]
    [InlineData(true, true, ConsistencyLevel.FileSystem)]
    [InlineData(true, false, ConsistencyLevel.None)]
    [InlineData(false, true, ConsistencyLevel.Crash)]
    public async Task A_pre_script_that_fails_lowers_the_level_or_ends_the_run_and_the_post_script_runs(bool freeze, bool continueOnFailure, ConsistencyLevel expected)
    {
        using var machine = new Machine("ext4");
        machine.WritePlan("echo pre >> $DIARY; exit 3", Post, retries: 2, continueOnFailure: continueOnFailure, freeze: freeze);
        var report = await machine.RunAsync(cancellationToken: Token);

        Assert.Equal(expected, report.Consistency);
        var step = report.Steps.Single(static step => step.Name is StepName.PreScript);
        Assert.Equal((StepStatus.Failed, 3, 3), (step.Status, step.Attempts, step.ExitCode));
        Assert.Equal(["pre", "pre", "pre"], machine.Lines[..3]);
        Assert.StartsWith("post ", machine.Lines[3], StringComparison.Ordinal);
        Assert.Equal(300, report.Errors[0].Number);
    }

    [Fact]
    public async Task A_pre_script_that_hangs_is_ended_with_everything_it_started_before_the_post_script_runs()
    {
        using var machine = new Machine("ext4");
        machine.WritePlan("setsid sh -c 'echo $$ >> '$DIARY'; exec sleep 1000' & trap '' TERM; while :; do sleep 1; done", "echo post >> $DIARY", timeout: 1);
        var report = await machine.RunAsync(cancellationToken: Token);

        Assert.Equal(308, report.Errors[0].Number);
        Assert.Equal(ConsistencyLevel.FileSystem, report.Consistency);
        Assert.Equal("post", machine.Lines[1]);
        Assert.False(Directory.Exists($"/proc/{machine.Lines[0]}"), "the grandchild that left the session still runs");
    }

    [Fact]
    public async Task A_file_system_that_somebody_else_holds_frozen_is_left_alone()
    {
        using var machine = new Machine("ext4");
        machine.WritePlan("echo pre >> $DIARY", "echo post >> $DIARY");
        Shell.Run("fsfreeze", "-f", machine.FileSystem.MountPoint);
        var report = await machine.RunAsync(cancellationToken: Token);

        Assert.True(machine.FileSystem.IsFrozen);
        Shell.Run("fsfreeze", "-u", machine.FileSystem.MountPoint);
        Assert.Contains(report.Errors, static error => error.Is(ErrorCodes.FreezeFailed) && error.Errno == 16);
        Assert.Equal(["pre", "post"], machine.Lines);
        Assert.True(report.Consistency <= ConsistencyLevel.Crash);
    }

    [Fact]
    public async Task A_plan_that_others_can_write_runs_no_script()
    {
        using var machine = new Machine("ext4");
        machine.WritePlan(Pre, Post);
        File.SetUnixFileMode(machine.PlanPath, (UnixFileMode)0b110_110_110);
        var report = await machine.RunAsync(cancellationToken: Token);

        Assert.Equal(317, Assert.Single(report.Errors).Number);
        Assert.Contains("chmod", report.Errors[0].RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(machine.Lines);
        Assert.Equal(ConsistencyLevel.FileSystem, report.Consistency);
    }

    [Fact]
    public async Task Without_a_freeze_the_application_alone_vouches_for_the_snapshot()
    {
        using var machine = new Machine("ext4");
        machine.WritePlan(Pre, Post, freeze: false);
        var report = await machine.RunAsync(cancellationToken: Token);

        Assert.Equal(ConsistencyLevel.Application, report.Consistency);
        Assert.Equal(MountStatus.NotNeeded, Assert.Single(report.Freeze.Mounts).Status);
        Assert.Null(report.Freeze.FrozenAt);
    }

    [Fact]
    public async Task Cancelled_during_the_pre_script_it_resumes_and_leaves_nothing()
    {
        using var machine = new Machine("ext4");
        machine.WritePlan("echo pre >> $DIARY; exec sleep 1000", "echo post >> $DIARY", timeout: 600);
        using var caller = new CancellationTokenSource();
        var run = machine.RunAsync(cancellationToken: caller.Token);
        await Eventually.HoldsAsync(() => machine.Lines.Length == 1);
        await caller.CancelAsync();
        var report = await run;

        Assert.Equal(SnapshotOutcome.Cancelled, report.Outcome);
        Assert.Equal(["pre", "post"], machine.Lines);
        Assert.Empty(Directory.EnumerateFileSystemEntries(machine.OutputFolder));
    }

    [Fact]
    public async Task An_output_folder_that_is_too_small_fails_before_anything_is_touched()
    {
        using var machine = new Machine("ext4");
        using var small = LoopFileSystem.Create("ext4", megabytes: 16);
        machine.WritePlan(Pre, Post);
        File.WriteAllBytes(Path.Combine(machine.FileSystem.MountPoint, "big"), new byte[64 << 20]);
        var output = Directory.CreateDirectory(Path.Combine(small.MountPoint, "images"), (UnixFileMode)0b111_000_000).FullName;
        var report = await SnapshotOrchestratorFactory.Create(machine.Options).RunAsync(
            new SnapshotRequest
            {
                Consistency = ConsistencyLevel.Application,
                Volumes = [new SnapshotVolume(machine.FileSystem.MountPoint, new DiskImageBackend(new() { OutputFolder = output }))],
                PlanPaths = [machine.PlanPath],
            },
            cancellationToken: Token);

        Assert.Equal(SnapshotOutcome.Failed, report.Outcome);
        Assert.Equal(911, Assert.Single(report.Errors).Number);
        Assert.Empty(machine.Lines);
        Assert.Empty(Directory.EnumerateFileSystemEntries(output));
    }

    [Fact]
    public async Task The_output_folder_must_not_lie_on_what_is_frozen()
    {
        using var machine = new Machine("ext4");
        machine.WritePlan(Pre, Post);
        var inside = Directory.CreateDirectory(Path.Combine(machine.FileSystem.MountPoint, "images"), (UnixFileMode)0b111_000_000).FullName;
        var report = await SnapshotOrchestratorFactory.Create(machine.Options).RunAsync(
            new SnapshotRequest
            {
                Consistency = ConsistencyLevel.FileSystem,
                Volumes = [new SnapshotVolume(machine.FileSystem.MountPoint, new DiskImageBackend(new() { OutputFolder = inside }))],
            },
            cancellationToken: Token);

        Assert.Equal((SnapshotOutcome.Failed, 909), (report.Outcome, Assert.Single(report.Errors).Number));
    }
}
