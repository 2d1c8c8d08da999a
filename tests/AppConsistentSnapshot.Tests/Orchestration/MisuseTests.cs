using AppConsistentSnapshot.Testing;
using Microsoft.Extensions.Options;

namespace AppConsistentSnapshot.Tests.Orchestration;

/// <summary>What a caller gets wrong is thrown, with the value and what is allowed, before anything is touched.</summary>
public sealed class MisuseTests
{
    private readonly Bench _bench = new();

    public static TheoryData<string, Action<SnapshotOptions>> WrongOptions() => new()
    {
        { nameof(SnapshotOptions.FreezeLimit), static options => options.FreezeLimit = TimeSpan.FromSeconds(61) },
        { nameof(SnapshotOptions.FreezeLimit), static options => options.FreezeLimit = TimeSpan.Zero },
        { nameof(SnapshotOptions.PlanPath), static options => options.PlanPath = "plan.json" },
        { nameof(SnapshotOptions.Owner), static options => options.Owner = -1 },
        { nameof(SnapshotOptions.QuiesceLimit), static options => options.QuiesceLimit = TimeSpan.FromDays(2) },
        { nameof(SnapshotOptions.GracePeriod), static options => options.GracePeriod = TimeSpan.FromSeconds(-1) },
        { nameof(SnapshotOptions.BackendRetries), static options => options.BackendRetries = -1 },
        { nameof(SnapshotOptions.RunLimit), static options => options.RunLimit = TimeSpan.Zero },
        { nameof(SnapshotOptions.ScriptUmask), static options => options.ScriptUmask = (UnixFileMode)0x1000 },
    };

    [Theory]
    [MemberData(nameof(WrongOptions))]
    public void An_option_that_is_not_allowed_is_named_with_its_value(string name, Action<SnapshotOptions> change)
    {
        change(_bench.Options);
        var error = Assert.Throws<OptionsValidationException>(() => _bench.Create());

        Assert.Contains(name, error.Message, StringComparison.Ordinal);
        Assert.Contains("must be", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Later_changes_to_the_options_have_no_effect()
    {
        var orchestrator = _bench.Create();
        _bench.Options.FreezeLimit = TimeSpan.Zero;
        var report = await orchestrator.RunAsync(
            new SnapshotRequest { Consistency = ConsistencyLevel.FileSystem, Volumes = _bench.Volumes("/data") },
            cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(SnapshotOutcome.Succeeded, report.Outcome);
    }

    [Fact]
    public async Task A_request_that_contradicts_itself_is_refused()
    {
        var volumes = _bench.Volumes("/data");
        SnapshotRequest[] wrong =
        [
            new() { Consistency = ConsistencyLevel.None, Volumes = volumes },
            new() { Consistency = (ConsistencyLevel)9, Volumes = volumes },
            new() { Consistency = ConsistencyLevel.Crash, Minimum = ConsistencyLevel.FileSystem, Volumes = volumes },
            new() { Consistency = ConsistencyLevel.Crash, Volumes = [] },
            new() { Consistency = ConsistencyLevel.Crash, Volumes = volumes, FreezeLimit = TimeSpan.FromMinutes(2) },
            new() { Consistency = ConsistencyLevel.Application, Volumes = volumes, Participants = [new FakeParticipant("a"), new FakeParticipant("a")] },
        ];

        foreach (var request in wrong)
        {
            await Assert.ThrowsAsync<ArgumentException>(() => _bench.Create().RunAsync(request, cancellationToken: TestContext.Current.CancellationToken));
        }

        Assert.Empty(_bench.Backend.Calls);
    }
}
