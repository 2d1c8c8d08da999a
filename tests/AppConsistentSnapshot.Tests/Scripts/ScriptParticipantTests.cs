using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Participants;
using AppConsistentSnapshot.Permissions;
using AppConsistentSnapshot.Plans;
using AppConsistentSnapshot.Reports;
using AppConsistentSnapshot.Scripts;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace AppConsistentSnapshot.Tests.Scripts;

public sealed class ScriptParticipantTests
{
    private static readonly ParticipantContext Run = new() { RunId = "r1", Mounts = ["/data"] };
    private static readonly ResumeContext Resume = new() { OutcomeSoFar = SnapshotOutcome.Succeeded, ConsistencySoFar = ConsistencyLevel.Application };
    private readonly FakeLauncher _launcher = new();
    private readonly FakeGuard _guard = new();
    private readonly FakeLoader _loader = new();
    private readonly ScriptParticipantFactory _factory;

    public ScriptParticipantTests() =>
        _factory = new ScriptParticipantFactory(
            _launcher, new FakeAccounts(), _loader, _guard, new SnapshotOptions(), new FakeTimeProvider(), NullLoggerFactory.Instance);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Tells_what_its_plan_says()
    {
        using var verified = Verified(new ScriptPlan
        {
            Path = "/etc/plan.json",
            PreScript = new ScriptCommand { Path = "/pre" },
            PostScript = new ScriptCommand { Path = "/post" },
            Timeout = TimeSpan.FromSeconds(40),
            ContinueBackupOnFailure = false,
            FsFreezeEnabled = false,
        });
        var participant = _factory.Create(verified);
        Assert.Equal("/etc/plan.json", participant.Id);
        Assert.Equal(ParticipantKind.ScriptPair, participant.Info.Kind);
        Assert.False(participant.Info.ContinueOnFailure);
        Assert.False(participant.Info.FreezeFileSystems);

        // The runner gives up by itself, after limit, grace and kill wait; the limit around it must not come first.
        Assert.True(participant.Info.QuiesceLimit > TimeSpan.FromSeconds(50));
        Assert.Equal(participant.Info.QuiesceLimit, participant.Info.ResumeLimit);
    }

    [Fact]
    public void A_plan_made_in_code_is_named_by_its_label()
    {
        using var verified = Verified(Plan(path: null));
        Assert.Equal("ScriptRunner", _factory.Create(verified).Id);
    }

    [Theory]
    [InlineData(0, 3, 0)]
    [InlineData(90_000, 3, 0)]
    [InlineData(30, 0, 0)]
    [InlineData(30, 3, -1)]
    public void A_plan_made_in_code_that_cannot_be_is_refused_at_once(int timeout, int interval, int retries)
    {
        using var verified = Verified(new ScriptPlan
        {
            PreScript = new ScriptCommand { Path = "/pre", Retries = retries },
            PostScript = new ScriptCommand { Path = "/post" },
            Timeout = TimeSpan.FromSeconds(timeout),
            ProgressInterval = TimeSpan.FromSeconds(interval),
        });
        Assert.Throws<ArgumentOutOfRangeException>(() => _factory.Create(verified));
    }

    [Fact]
    public async Task Quiesces_by_the_pre_script_and_resumes_by_the_post_script()
    {
        _launcher.ThenExit(0, "pre").ThenExit(0, "post");
        using var verified = Verified(Plan());
        await using var session = await _factory.Create(verified).OpenAsync(Run, Token);
        Assert.Empty(_launcher.Requests);
        Assert.Equal("pre", (await session.QuiesceAsync(Token)).OutputTail);
        Assert.True(await session.ConfirmAsync(Token));
        Assert.Equal("post", (await session.ResumeAsync(Resume, Token)).OutputTail);
        Assert.Equal(["/pre", "/post"], _launcher.Requests.Select(static request => request.Path), StringComparer.Ordinal);
        Assert.Contains("ACS_OUTCOME=Succeeded", _launcher.Requests[1].Environment, StringComparer.Ordinal);
        Assert.Contains("ACS_CONSISTENCY=Application", _launcher.Requests[1].Environment, StringComparer.Ordinal);
        Assert.DoesNotContain("ACS_RECOVERY=1", _launcher.Requests[1].Environment, StringComparer.Ordinal);
    }

    [Fact]
    public async Task The_post_script_does_not_run_where_the_pre_script_was_never_started()
    {
        using var verified = Verified(Plan());
        await using var session = await _factory.Create(verified).OpenAsync(Run, Token);
        Assert.Equal(StepStatus.Cancelled, (await session.QuiesceAsync(new CancellationToken(canceled: true))).Status);
        Assert.Equal(StepStatus.Skipped, (await session.ResumeAsync(Resume, CancellationToken.None)).Status);
        Assert.Empty(_launcher.Requests);
    }

    [Fact]
    public async Task Disposing_the_session_leaves_the_plan_for_the_next_run()
    {
        using var verified = Verified(Plan());
        var session = await _factory.Create(verified).OpenAsync(Run, Token);
        await session.DisposeAsync();
        Assert.False(((FakeScript)verified.PostScript).IsDisposed);
    }

    [Fact]
    public async Task Recovery_runs_the_recorded_post_script_anew_checked()
    {
        _launcher.ThenExit(0);
        var result = await _factory.Recovery.RecoverAsync(await Recorded(Plan()), Token);
        Assert.Equal(StepStatus.Succeeded, result.Status);
        var request = Assert.Single(_launcher.Requests);
        Assert.Equal("/post", request.Path);
        Assert.Equal(["b c"], request.Arguments, StringComparer.Ordinal);
        Assert.Contains("ACS_RECOVERY=1", request.Environment, StringComparer.Ordinal);
        Assert.Contains("ACS_PHASE=post", request.Environment, StringComparer.Ordinal);
        Assert.Contains("ACS_RUN_ID=r1", request.Environment, StringComparer.Ordinal);
        Assert.Contains("ACS_PLAN=/etc/plan.json", request.Environment, StringComparer.Ordinal);
        Assert.True(_guard.Verified.TrueForAll(static script => script.IsDisposed));
        Assert.Equal(0, _loader.Loads);
    }

    [Fact]
    public async Task Recovery_through_the_participant_is_the_same()
    {
        _launcher.ThenExit(0);
        using var verified = Verified(Plan());
        var result = await _factory.Create(verified).RecoverAsync(await Recorded(Plan()), Token);
        Assert.Equal(StepStatus.Succeeded, result.Status);
    }

    [Fact]
    public async Task Recovery_takes_the_post_script_of_the_plan_as_it_is_now_where_the_recorded_one_is_no_longer_good()
    {
        _launcher.ThenExit(0);
        _guard.Refused.Add("/post");
        _loader.Plan = new ScriptPlan { PreScript = new ScriptCommand { Path = "/pre" }, PostScript = new ScriptCommand { Path = "/post2" } };
        var result = await _factory.Recovery.RecoverAsync(await Recorded(Plan()), Token);
        Assert.Equal(StepStatus.Succeeded, result.Status);
        Assert.Equal("/post2", Assert.Single(_launcher.Requests).Path);
    }

    [Fact]
    public async Task Recovery_runs_nothing_that_the_guard_refuses()
    {
        _guard.Refused.Add("/post");
        var result = await _factory.Recovery.RecoverAsync(await Recorded(Plan()), Token);
        Assert.Equal(StepStatus.Failed, result.Status);
        Assert.True(Assert.Single(result.Errors).Is(ErrorCodes.PostScriptNotFound));
        Assert.Empty(_launcher.Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"runId\":\"r1\"}")]
    [InlineData("{\"runId\":\"r\",\"plan\":\"p\",\"postScript\":\"\",\"timeoutSeconds\":30}")]
    [InlineData("{\"runId\":\"r\",\"plan\":\"p\",\"postScript\":\"/x\",\"timeoutSeconds\":1e300}")]
    [InlineData("{\"runId\":\"r\",\"plan\":\"p\",\"postScript\":\"/x\",\"arguments\":null,\"timeoutSeconds\":30}")]
    public async Task Recovery_of_a_damaged_record_is_a_failure_and_no_exception(string state)
    {
        var result = await _factory.Recovery.RecoverAsync(
            new ParticipantRecoveryContext { RunId = "r1", RecoveryState = state, Mounts = [] }, Token);
        Assert.Equal(StepStatus.Failed, result.Status);
        Assert.True(Assert.Single(result.Errors).Is(ErrorCodes.PostScriptExecutionFailed));
    }

    private static ScriptPlan Plan(string? path = "/etc/plan.json") => new()
    {
        Path = path,
        PreScript = new ScriptCommand { Path = "/pre" },
        PostScript = new ScriptCommand { Path = "/post", Arguments = ["b c"], Retries = 2 },
    };

    private static VerifiedPlan Verified(ScriptPlan plan) =>
        new(plan, new FakeScript { Command = plan.PreScript }, new FakeScript { Command = plan.PostScript });

    private async Task<ParticipantRecoveryContext> Recorded(ScriptPlan plan)
    {
        using var verified = Verified(plan);
        await using var session = await _factory.Create(verified).OpenAsync(Run, Token);
        return new ParticipantRecoveryContext { RunId = "r1", RecoveryState = session.RecoveryState, Mounts = ["/data"] };
    }

    private sealed class FakeGuard : IPermissionGuard
    {
        public HashSet<string> Refused { get; } = new(StringComparer.Ordinal);

        public List<FakeScript> Verified { get; } = [];

        public ValueTask<PlanVerification> VerifyAsync(ScriptPlan plan, CancellationToken cancellationToken = default)
        {
            List<SnapshotError> errors = [];
            if (Refused.Contains(plan.PreScript.Path))
            {
                errors.Add(new SnapshotError(ErrorCodes.PreScriptNotFound, "gone"));
            }

            if (Refused.Contains(plan.PostScript.Path))
            {
                errors.Add(new SnapshotError(ErrorCodes.PostScriptNotFound, "gone"));
            }

            return new ValueTask<PlanVerification>(new PlanVerification { Errors = errors, Plan = errors.Count > 0 ? null : Open(plan) });
        }

        public ValueTask<IReadOnlyList<SnapshotError>> VerifyHostConfigurationAsync(
            HostConfiguration configuration, CancellationToken cancellationToken = default) => new([]);

        private VerifiedPlan Open(ScriptPlan plan)
        {
            var pre = new FakeScript { Command = plan.PreScript };
            var post = new FakeScript { Command = plan.PostScript };
            Verified.AddRange([pre, post]);
            return new VerifiedPlan(plan, pre, post);
        }
    }

    private sealed class FakeLoader : IScriptPlanLoader
    {
        public ScriptPlan? Plan { get; set; }

        public int Loads { get; private set; }

        public ValueTask<ScriptPlanLoadResult> LoadAsync(string path, CancellationToken cancellationToken = default)
        {
            Loads++;
            return new ValueTask<ScriptPlanLoadResult>(new ScriptPlanLoadResult { Path = path, Plan = Plan });
        }

        public ValueTask<HostConfigurationLoadResult> LoadHostConfigurationAsync(string path, CancellationToken cancellationToken = default) =>
            throw new InvalidOperationException("not asked for");
    }
}
