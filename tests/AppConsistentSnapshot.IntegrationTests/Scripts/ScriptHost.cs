using System.Globalization;
using System.Runtime.Versioning;
using AppConsistentSnapshot.Interop;
using AppConsistentSnapshot.Interop.Linux;
using AppConsistentSnapshot.Participants;
using AppConsistentSnapshot.Plans;
using AppConsistentSnapshot.Scripts;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AppConsistentSnapshot.IntegrationTests.Scripts;

/// <summary>Runs real scripts in a folder of their own, and ends at last whatever the test left.</summary>
[SupportedOSPlatform("linux")]
internal sealed class ScriptHost : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly IProcessLauncher _launcher;

    public ScriptHost(bool withCgroup = true, bool forceCloseEach = false)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs Linux: it runs real scripts");
        _launcher = new LinuxProcessLauncher(
            withCgroup ? new ScriptCgroups() : new ScriptCgroups("switched off by the test"), forceCloseEach);
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("acs-scripts-").FullName;

    public string RunId { get; } = "it-" + Guid.NewGuid().ToString("N");

    public ScriptRunnerOptions Options { get; set; } =
        new(TimeSpan.FromSeconds(20), UnixFileMode.GroupWrite | UnixFileMode.OtherWrite, TimeSpan.Zero);

    public ILogger<ScriptJob> Logger { get; set; } = NullLogger<ScriptJob>.Instance;

    public string PathOf(string name) => Path.Combine(Folder, name);

    public string[] Lines(string name) => File.Exists(PathOf(name)) ? File.ReadAllLines(PathOf(name)) : [];

    public int Pid(string name) => int.Parse(File.ReadAllText(PathOf(name)), CultureInfo.InvariantCulture);

    /// <summary>Writes an executable file.</summary>
    public string Write(string content, string name = "script.sh")
    {
        var path = PathOf(name);
        File.WriteAllText(path, content);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    /// <summary>Runs a POSIX shell script, whose folder is in <c>$D</c>.</summary>
    public Task<ParticipantResult> Shell(
        string body,
        ScriptPhase phase = ScriptPhase.Pre,
        int retries = 0,
        double seconds = 60,
        IReadOnlyList<string>? arguments = null,
        CancellationToken? stop = null) =>
        Run(Write($"#!/bin/sh\nD={Folder}\n{body}\n"), phase, retries, seconds, arguments, stop);

    /// <remarks>Of several scripts that run at once each needs a plan of its own, as in a run: by it their processes are told apart.</remarks>
    public Task<ParticipantResult> Run(
        string path,
        ScriptPhase phase = ScriptPhase.Pre,
        int retries = 0,
        double seconds = 60,
        IReadOnlyList<string>? arguments = null,
        CancellationToken? stop = null,
        string plan = "plan.json") =>
        Run(
            new ScriptRun
            {
                Phase = phase,
                Script = new RealScript { Command = new ScriptCommand { Path = path, Arguments = arguments ?? [], Retries = retries } },
                Plan = PathOf(plan),
                RunId = RunId,
                Mounts = ["/data", "/with blank"],
                Timeout = TimeSpan.FromSeconds(seconds),
            },
            stop ?? TestContext.Current.CancellationToken);

    public async Task<ParticipantResult> Run(ScriptRun run, CancellationToken stop)
    {
        var executor = new ScriptExecutor(
            _launcher, new LinuxUserAccounts(), Options, TimeProvider.System, NullLogger<ScriptExecutor>.Instance);
        var runner = new ScriptRunner(executor, Options, TimeProvider.System, NullLogger<ScriptRunner>.Instance);
        await using var job = new ScriptJob(runner, TimeProvider.System, Logger);
        return await job.RunAsync(run, stop).WaitAsync(Patience, CancellationToken.None);
    }

    /// <summary>Waits until something is so.</summary>
    public static async Task Until(Func<bool> condition, string what)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!condition())
        {
            Assert.False(patience.IsCancellationRequested, $"never happened: {what}");
            await Task.Delay(10, CancellationToken.None);
        }
    }

    /// <summary>Whether a process lives; a zombie does not.</summary>
    public static bool IsAlive(int pid) => ProcessStat.TryRead(pid) is { IsAlive: true };

    public void Dispose()
    {
        // Every process of this host's scripts has the run id in its environment, and nothing else has.
        var family = new ProcessFamily(0, static () => false, cgroup: null, [$"ACS_RUN_ID={RunId}"]);
        new ProcessEnder(family, cgroup: null, ProcessSignal.Kill, EndScope.Everything, groupIsSignalled: false, static _ => { })
            .RunAsync(Task.CompletedTask, CancellationToken.None).Wait(Patience);

        Directory.Delete(Folder, recursive: true);
    }
}
