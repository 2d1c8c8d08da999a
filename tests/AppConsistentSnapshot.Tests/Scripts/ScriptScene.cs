using AppConsistentSnapshot.Participants;
using AppConsistentSnapshot.Plans;
using AppConsistentSnapshot.Scripts;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace AppConsistentSnapshot.Tests.Scripts;

/// <summary>A runner on fakes.</summary>
internal sealed class ScriptScene
{
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    public FakeTimeProvider Time { get; } = new();

    public FakeLauncher Launcher { get; } = new();

    public TimeSpan RetryDelay { get; init; }

    public List<string> Progress { get; } = [];

    public Action<string>? OnProgress { get; init; }

    public ScriptRun Script(ScriptPhase phase = ScriptPhase.Pre, int retries = 0, int seconds = 30, int? changesAt = null, string? copy = null) => new()
    {
        Phase = phase,
        Script = new FakeScript
        {
            Command = new ScriptCommand { Path = "/opt/script.sh", Arguments = ["a"], Retries = retries },
            ChangesAt = changesAt,
            CheckedCopyPath = copy,
        },
        Plan = "/etc/plan.json",
        RunId = "r1",
        Mounts = ["/data"],
        Timeout = TimeSpan.FromSeconds(seconds),
        ReportProgress = OnProgress ?? Progress.Add,
    };

    public Task<ParticipantResult> Run(ScriptRun run, CancellationToken? stop = null)
    {
        var options = new ScriptRunnerOptions(Grace, UnixFileMode.GroupWrite | UnixFileMode.OtherWrite, RetryDelay);
        var executor = new ScriptExecutor(Launcher, new FakeAccounts(), options, Time, NullLogger<ScriptExecutor>.Instance);
        var runner = new ScriptRunner(executor, options, Time, NullLogger<ScriptRunner>.Instance);
        return runner.RunAsync(run, new OutputLog(NullLogger.Instance, run.Kind, run.Path), stop ?? TestContext.Current.CancellationToken);
    }

    public void Advance(double seconds) => Time.Advance(TimeSpan.FromSeconds(seconds));
}
