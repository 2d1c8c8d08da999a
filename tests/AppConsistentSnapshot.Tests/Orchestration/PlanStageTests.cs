using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Plans;
using AppConsistentSnapshot.Reports;
using AppConsistentSnapshot.Testing;

namespace AppConsistentSnapshot.Tests.Orchestration;

/// <summary>Which plans take part, and what becomes of a run whose plans are unusable.</summary>
public sealed class PlanStageTests
{
    private const string Host = "/etc/azure/VMSnapshotPluginHost.conf";

    private readonly Bench _bench = new();

    [Fact]
    public async Task Where_a_request_names_nothing_the_default_plan_is_used()
    {
        _bench.Plans.AddPlan(Bench.Plan);
        var report = await RunAsync();

        Assert.Equal(Bench.Plan, Assert.Single(report.Plans).Path);
        Assert.Equal(SnapshotOutcome.Succeeded, report.Outcome);
    }

    [Fact]
    public async Task Where_a_request_names_nothing_and_there_is_no_plan_the_snapshot_is_never_application_consistent()
    {
        var report = await RunAsync();

        Assert.Equal(316, Assert.Single(report.Errors).Number);
        Assert.Equal(ConsistencyLevel.FileSystem, report.Consistency);
    }

    [Fact]
    public async Task A_participant_of_ones_own_needs_no_plan()
    {
        var report = await RunAsync(new FakeParticipant());

        Assert.Empty(report.Plans);
        Assert.Equal(ConsistencyLevel.Application, report.Consistency);
    }

    [Fact]
    public async Task The_entries_of_a_host_configuration_are_quiesced_in_file_order_and_capped_by_its_limit()
    {
        _bench.Plans.AddPlan("/b.json").AddPlan("/a.json").AddHostConfiguration(HostWith("/b.json", "/a.json"));
        var report = await RunAsync(hostConfiguration: Host);

        Assert.Equal(["/b.json", "/a.json"], report.Plans.Select(static plan => plan.Path));
        Assert.Equal(["/b.json", "/a.json"], report.Steps.Where(static step => step.Name is StepName.PreScript).Select(static step => step.Subject));
        Assert.All(_bench.UsedPlans, static plan => Assert.Equal(TimeSpan.FromSeconds(12), plan.Timeout));
    }

    [Fact]
    public async Task A_plan_that_both_the_request_and_the_host_configuration_name_takes_part_once()
    {
        _bench.Plans.AddPlan("/a.json").AddPlan("/b.json").AddHostConfiguration(HostWith("/b.json", "/a.json"));
        var report = await RunAsync(hostConfiguration: Host, plans: ["/a.json"]);

        Assert.Equal(["/b.json", "/a.json"], report.Plans.Select(static plan => plan.Path));
    }

    [Fact]
    public async Task A_host_configuration_that_is_named_must_be_there()
    {
        _bench.Plans.AddPlan(Bench.Plan);
        var report = await RunAsync(hostConfiguration: "/no.conf");

        Assert.Equal(313, Assert.Single(report.Errors).Number);
        Assert.Equal(ConsistencyLevel.FileSystem, report.Consistency);
    }

    [Fact]
    public async Task A_wrong_host_configuration_in_its_default_place_is_an_error_too()
    {
        _bench.Plans.AddPlan(Bench.Plan).AddHostConfiguration(new HostConfigurationLoadResult
        {
            Path = Host,
            Errors = [new SnapshotError(ErrorCodes.IncorrectPluginhostFile, "no section")],
        });
        var report = await RunAsync();

        Assert.Equal(304, Assert.Single(report.Errors).Number);
        Assert.Empty(_bench.PlanParticipants);
    }

    [Fact]
    public async Task A_host_configuration_that_others_can_write_is_not_used()
    {
        _bench.Plans.AddPlan("/a.json").AddHostConfiguration(HostWith("/a.json"));
        _bench.Guard.Refuse(Host, new SnapshotError(ErrorCodes.HostConfigurationPermission, "mode 666"));
        var report = await RunAsync(hostConfiguration: Host);

        Assert.Equal(314, Assert.Single(report.Errors).Number);
        Assert.Empty(report.Plans);
    }

    [Fact]
    public async Task One_unusable_plan_keeps_every_participant_from_being_asked_and_every_problem_is_reported()
    {
        _bench.Plans.AddPlan("/a.json").AddPlan("/b.json");
        _bench.Guard.Refuse("/b.json", new SnapshotError(ErrorCodes.PlanPermission, "mode 644"));
        var participant = new FakeParticipant();
        var report = await RunAsync(participant, plans: ["/a.json", "/b.json", "/missing.json"]);

        Assert.Equal([317, 316], report.Errors.Select(static error => error.Number));
        Assert.Equal(0, participant.Quiesced);
        Assert.Equal(0, _bench.PlanParticipants.Sum(static plan => plan.Quiesced));
        Assert.Equal(ConsistencyLevel.FileSystem, report.Consistency);
    }

    [Theory]
    [InlineData(true, true, ConsistencyLevel.FileSystem)]
    [InlineData(true, false, ConsistencyLevel.Crash)]
    [InlineData(false, true, ConsistencyLevel.None)]
    public async Task Of_a_wrong_plan_what_is_visible_decides(bool continueOnFailure, bool freeze, ConsistencyLevel expected)
    {
        _bench.Plans.AddPlan(new ScriptPlanLoadResult
        {
            Path = Bench.Plan,
            Errors = [new SnapshotError(ErrorCodes.IncorrectJSONConfigFile, "a comma is missing")],
            ContinueBackupOnFailure = continueOnFailure,
            FsFreezeEnabled = freeze,
        });
        var report = await RunAsync();

        Assert.Equal(expected, report.Consistency);
        Assert.DoesNotContain(report.Steps, static step => step.Name is StepName.PreScript or StepName.PostScript);
    }

    [Theory]
    [InlineData(true, true, ConsistencyLevel.FileSystem)]
    [InlineData(false, true, ConsistencyLevel.None)]
    [InlineData(true, false, ConsistencyLevel.None)]
    public async Task All_plans_and_the_request_have_to_say_that_it_may_go_on(bool first, bool request, ConsistencyLevel expected)
    {
        _bench.Plans.AddPlan("/a.json", continueBackupOnFailure: first).AddPlan("/b.json");
        var report = await RunAsync(plans: ["/a.json", "/b.json", "/missing.json"], continueOnFailure: request);

        Assert.Equal(expected, report.Consistency);
    }

    [Fact]
    public async Task One_plan_that_wants_no_freeze_is_enough_and_all_scripts_well_it_still_is_application_consistent()
    {
        _bench.Plans.AddPlan("/a.json", fsFreezeEnabled: false).AddPlan("/b.json");
        var report = await RunAsync(plans: ["/a.json", "/b.json"]);

        Assert.Equal(ConsistencyLevel.Application, report.Consistency);
        Assert.DoesNotContain(FakeFreezePhase.Freeze, _bench.Freezer.Calls);
        Assert.Equal(MountStatus.NotNeeded, Assert.Single(report.Freeze.Mounts).Status);
        Assert.False(report.SharedInstant);
    }

    [Fact]
    public async Task Explain_touches_nothing_and_names_the_steps_in_order()
    {
        _bench.Plans.AddPlan(Bench.Plan);
        var explanation = await _bench.Create().ExplainAsync(
            new SnapshotRequest { Consistency = ConsistencyLevel.Application, Volumes = _bench.Volumes("/data") }, TestContext.Current.CancellationToken);

        Assert.Equal(
            [
                StepName.LoadPlan, StepName.CheckPermissions, StepName.Prepare, StepName.Flush, StepName.PreScript,
                StepName.Freeze, StepName.Cut, StepName.Confirm, StepName.Thaw, StepName.PostScript, StepName.Complete,
            ],
            explanation.Steps.Select(static step => step.Name));
        Assert.Equal(ConsistencyLevel.Application, explanation.BestConsistency);
        Assert.Empty(_bench.Backend.Calls);
        Assert.Empty(_bench.Freezer.Calls);
        Assert.Equal(0, _bench.Guard.OpenPlans);
    }

    [Fact]
    public async Task Explain_without_volumes_checks_the_plans_alone()
    {
        _bench.Plans.AddPlan(Bench.Plan);
        _bench.Guard.Refuse(Bench.Plan, new SnapshotError(ErrorCodes.PlanPermission, "mode 644"));
        var explanation = await _bench.Create().ExplainAsync(
            new SnapshotRequest { Consistency = ConsistencyLevel.Application, Volumes = [] }, TestContext.Current.CancellationToken);

        Assert.Equal(317, Assert.Single(explanation.Errors).Number);
        Assert.Empty(explanation.Mounts);
    }

    [Fact]
    public async Task Explain_says_what_stands_in_the_way_of_a_freeze()
    {
        var explanation = await _bench.Create().ExplainAsync(
            new SnapshotRequest { Consistency = ConsistencyLevel.FileSystem, Volumes = _bench.Volumes("/data", "/tmp") }, TestContext.Current.CancellationToken);

        Assert.Equal(ConsistencyLevel.None, explanation.BestConsistency);
        Assert.Equal([MountStatus.Frozen, MountStatus.Failed], explanation.Mounts.Select(static mount => mount.Status));
        Assert.Equal(902, Assert.Single(explanation.Errors).Number);
    }

    private static HostConfigurationLoadResult HostWith(params string[] plans) => new()
    {
        Path = Host,
        Configuration = new HostConfiguration
        {
            Path = Host,
            Sha256 = new string('0', 64),
            Timeout = TimeSpan.FromSeconds(12),
            Plugins = [.. plans.Select(static plan => new HostPlugin { Name = "ScriptRunner", Path = "/etc/azure", PlanPath = plan })],
        },
    };

    private Task<SnapshotReport> RunAsync(
        FakeParticipant? participant = null, string? hostConfiguration = null, string[]? plans = null, bool continueOnFailure = true) => _bench.RunAsync(
            new SnapshotRequest
            {
                Consistency = ConsistencyLevel.Application,
                Volumes = _bench.Volumes("/data"),
                Participants = participant is null ? [] : [participant],
                PlanPaths = plans ?? [],
                HostConfigurationPath = hostConfiguration,
                ContinueOnFailure = continueOnFailure,
            },
            TestContext.Current.CancellationToken);
}
