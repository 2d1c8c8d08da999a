using AppConsistentSnapshot.Participants;
using AppConsistentSnapshot.Testing;

namespace AppConsistentSnapshot.Tests.Recovery;

/// <summary>Whatever fails, hangs or dies at any boundary of a run: nothing stays frozen or quiesced, and no verdict overstates.</summary>
[Collection(nameof(CrashCollection))]
public sealed class CrashEverywhereTests
{
    [Theory]
    [InlineData("one of each", true)]
    [InlineData("one of each", false)]
    [InlineData("two of each", true)]
    [InlineData("two of each", false)]
    [InlineData("no freeze", true)]
    [InlineData("no participant", true)]
    [InlineData("crash only", true)]
    public async Task The_invariants_hold_at_every_boundary(string scene, bool continueOnFailure)
    {
        var result = await new CrashHarness(() => Create(scene, continueOnFailure)).RunAsync(TestContext.Current.CancellationToken);

        TestContext.Current.TestOutputHelper?.WriteLine($"{result.Cases} runs over {result.Boundaries.Count} boundaries");
        result.ThrowIfViolated();
        Assert.True(result.Boundaries.Count > 20, string.Join(", ", result.Boundaries));
    }

    [Fact]
    public async Task What_the_integrator_finds_wrong_is_told()
    {
        var result = await new CrashHarness(static () => new CrashScene
        {
            Volumes = [new SnapshotVolume("/data", new FakeSnapshotBackend())],
            Participants = [new FakeParticipant()],
            FindViolations = static () => new(["the application says so"]),
        })
        {
            KillRecovery = false,
        }.RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal(result.Cases, result.Violations.Count);
        Assert.Throws<InvalidOperationException>(result.ThrowIfViolated);
    }

    [Fact]
    public async Task A_backend_that_leaves_snapshots_behind_is_found_out()
    {
        var result = await new CrashHarness(static () => new CrashScene
        {
            Volumes = [new SnapshotVolume("/data", new FakeSnapshotBackend { CannotRemove = true })],
            Participants = [new FakeParticipant()],
        })
        {
            KillRecovery = false,
        }.RunAsync(TestContext.Current.CancellationToken);

        Assert.Contains(result.Violations, static violation => violation.Contains("nobody knows of snapshot", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_scene_that_fails_by_itself_is_refused()
    {
        var harness = new CrashHarness(static () => new CrashScene { Volumes = [new SnapshotVolume("/data", new FakeSnapshotBackend())] });

        await Assert.ThrowsAsync<InvalidOperationException>(() => harness.RunAsync(TestContext.Current.CancellationToken));
    }

    private static CrashScene Create(string scene, bool continueOnFailure)
    {
        var backend = new FakeSnapshotBackend();
        return scene switch
        {
            "one of each" => new CrashScene
            {
                Volumes = [new SnapshotVolume("/data", backend)],
                Participants = [new FakeParticipant("db")],
                ContinueOnFailure = continueOnFailure,
            },
            "two of each" => new CrashScene
            {
                Volumes = [new SnapshotVolume("/data", backend), new SnapshotVolume("/log", new FakeSnapshotBackend("other"))],
                Participants = [new FakeParticipant("db"), new FakeParticipant("queue")],
                ContinueOnFailure = continueOnFailure,
            },
            "no freeze" => new CrashScene
            {
                Volumes = [new SnapshotVolume("/data", backend)],
                Participants = [new FakeParticipant("db") { Info = new ParticipantInfo { FreezeFileSystems = false } }],
            },
            "no participant" => new CrashScene { Volumes = [new SnapshotVolume("/data", backend)], Consistency = ConsistencyLevel.FileSystem },
            "crash only" => new CrashScene { Volumes = [new SnapshotVolume("/data", backend)], Consistency = ConsistencyLevel.Crash },
            _ => throw new ArgumentOutOfRangeException(nameof(scene), scene, "unknown"),
        };
    }
}
