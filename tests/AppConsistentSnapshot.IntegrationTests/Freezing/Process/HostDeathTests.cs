using System.Globalization;
using AppConsistentSnapshot.IntegrationTests.Support;

namespace AppConsistentSnapshot.IntegrationTests.Freezing.Process;

/// <summary>What becomes of frozen file systems when the host is killed, stopped or blocked.</summary>
public sealed class HostDeathTests
{
    // The window is long: what thaws before its end did so because the host died.
    private const string Window = "freeze 30";
    private static readonly TimeSpan WellBefore = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData(FreezerForms.Managed)]
    [InlineData(FreezerForms.Native)]
    public async Task Thaws_when_the_host_is_killed(string form)
    {
        using var fileSystem = LoopFileSystem.Create("ext4", 64);
        using var host = new MortalHost();
        await host.ArmAsync(form, fileSystem.MountPoint);
        Assert.Equal("frozen", await host.SayAsync(Window));
        Assert.Equal("held", await host.SayAsync("verify"));
        host.Kill();
        var time = await Eventually.WritableAsync(fileSystem.MountPoint, WellBefore);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{form}: {time.TotalMilliseconds:0.0} ms from kill to write"));
        await Eventually.TrueAsync(() => !host.FreezerIsAlive, "the freezer stays");
        Assert.False(fileSystem.IsFrozen);
    }

    [Theory]
    [InlineData(FreezerForms.Managed)]
    [InlineData(FreezerForms.Native)]
    public async Task Thaws_when_a_killed_host_cannot_end_because_a_thread_of_it_writes_to_what_is_frozen(string form)
    {
        using var fileSystem = LoopFileSystem.Create("ext4", 64);
        using var host = new MortalHost();
        await host.ArmAsync(form, fileSystem.MountPoint);
        Assert.Equal("frozen", await host.SayAsync(Window));
        Assert.Equal("writing", await host.SayAsync($"write {fileSystem.MountPoint}/late"));
        await Eventually.TrueAsync(() => HasBlockedThread(host.Id), "no thread of the host is blocked");
        host.Kill();
        var time = await Eventually.WritableAsync(fileSystem.MountPoint, WellBefore);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{form}: {time.TotalMilliseconds:0.0} ms from kill to write"));
    }

    [Theory]
    [InlineData(FreezerForms.Managed)]
    [InlineData(FreezerForms.Native)]
    public async Task Thaws_at_the_limit_when_the_host_is_stopped(string form)
    {
        using var fileSystem = LoopFileSystem.Create("ext4", 64);
        using var host = new MortalHost();
        await host.ArmAsync(form, fileSystem.MountPoint);
        Assert.Equal("frozen", await host.SayAsync("freeze 1"));
        host.Signal("STOP");
        await Eventually.WritableAsync(fileSystem.MountPoint, WellBefore);
        Assert.True(host.FreezerIsAlive);
        host.Signal("CONT");
        Assert.Equal("thawed byLimit=True held= errors=", await host.SayAsync("thaw"));
    }

    [Theory]
    [InlineData(FreezerForms.Managed)]
    [InlineData(FreezerForms.Native)]
    public async Task Is_not_ended_by_what_a_shutdown_sends_to_everybody(string form)
    {
        using var fileSystem = LoopFileSystem.Create("ext4", 64);
        using var host = new MortalHost();
        await host.ArmAsync(form, fileSystem.MountPoint);
        Assert.Equal("frozen", await host.SayAsync(Window));
        foreach (var signal in new[] { "TERM", "INT", "HUP", "QUIT", "USR1", "PIPE", "TSTP" })
        {
            host.SignalFreezer(signal);
        }

        Assert.Equal("held", await host.SayAsync("verify"));
        Assert.Equal("thawed byLimit=False held=True errors=", await host.SayAsync("thaw"));
    }

    [Theory]
    [InlineData(FreezerForms.Managed)]
    [InlineData(FreezerForms.Native)]
    public async Task Inherits_the_line_and_the_mounts_and_nothing_else_and_belongs_to_a_session_and_a_cgroup_of_its_own(string form)
    {
        using var fileSystem = LoopFileSystem.Create("ext4", 64);
        using var host = new MortalHost();
        await host.ArmAsync(form, fileSystem.MountPoint);
        var strangers = OpenFiles(host.FreezerId).Intersect(OpenFiles(host.Id).Where(static file => file.StartsWith("socket:", StringComparison.Ordinal) || file.StartsWith("pipe:", StringComparison.Ordinal)));
        Assert.Empty(strangers);
        var files = Enumerable.Range(0, 6).Select(fd => new FileInfo($"/proc/{host.FreezerId}/fd/{fd}").LinkTarget!).ToArray();
        Assert.Equal(["/dev/null", "/dev/null", "/dev/null"], files[..3]);
        Assert.StartsWith("socket:", files[3], StringComparison.Ordinal);
        Assert.StartsWith("/memfd:", files[4], StringComparison.Ordinal);
        Assert.Equal(fileSystem.MountPoint, files[5]);
        Assert.Equal($"{host.FreezerId} {host.FreezerId}", GroupAndSession(host.FreezerId));
        if (!host.Warnings.Contains("cgroup", StringComparison.Ordinal))
        {
            Assert.Contains($"0::/acs-freezer-{host.FreezerId}", File.ReadAllText($"/proc/{host.FreezerId}/cgroup"), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(FreezerForms.Managed)]
    [InlineData(FreezerForms.Native)]
    public async Task Opens_executes_forks_and_allocates_nothing_from_the_freeze_to_the_thaw(string form)
    {
        Requires.Tool("strace");
        using var fileSystem = LoopFileSystem.Create("ext4", 64);
        using var host = new MortalHost();
        await host.ArmAsync(form, fileSystem.MountPoint);
        var log = Path.Combine(fileSystem.Folder, "calls");
        using var strace = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo("strace", ["-f", "-q", "-o", log, "-p", host.FreezerId.ToString(CultureInfo.InvariantCulture)]))!;
        await Eventually.TrueAsync(() => IsTraced(host.FreezerId), "strace does not come");
        Assert.Equal("frozen", await host.SayAsync(Window));
        Assert.Equal("held", await host.SayAsync("verify"));
        host.Kill();
        await Eventually.TrueAsync(() => !host.FreezerIsAlive, "the freezer stays");
        await strace.WaitForExitAsync(TestContext.Current.CancellationToken);
        var calls = await File.ReadAllLinesAsync(log, TestContext.Current.CancellationToken);
        var first = Array.FindIndex(calls, static call => call.Contains("FIFREEZE", StringComparison.Ordinal));
        var last = Array.FindIndex(calls, static call => call.Contains("FITHAW", StringComparison.Ordinal));
        Assert.InRange(first, 0, last);
        string[] forbidden = ["open", "exec", "fork", "clone", "mmap", "brk", "mprotect", "creat", "unlink", "rename", "stat", "access", "connect"];
        Assert.DoesNotContain(calls[..(last + 1)], call => forbidden.Any(word => NameOf(call).Contains(word, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(FreezerForms.Managed)]
    [InlineData(FreezerForms.Native)]
    public async Task Thaws_whenever_the_host_is_killed(string form)
    {
        const int Seed = 20261;
        var random = new Random(Seed);
        var times = new List<double>();
        using var outer = LoopFileSystem.Create("ext4", 400);
        using var inner = LoopFileSystem.Create("xfs", 320, outer.MountPoint);
        using var other = LoopFileSystem.Create("ext4", 64);
        string[] mounts = [outer.MountPoint, inner.MountPoint, other.MountPoint];
        for (var round = 0; round < 6; round++)
        {
            using var host = new MortalHost();
            await host.ArmAsync(form, mounts);
            await host.SendAsync(Window);
            await host.SendAsync("verify");
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(0, 150)), TimeProvider.System, TestContext.Current.CancellationToken);
            host.Kill();
            foreach (var mount in mounts)
            {
                times.Add((await Eventually.WritableAsync(mount, WellBefore)).TotalMilliseconds);
            }

            await Eventually.TrueAsync(() => !host.FreezerIsAlive, "the freezer stays");
        }

        times.Sort();
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{form}, seed {Seed}, {times.Count} writes: median {times[times.Count / 2]:0.0} ms, longest {times[^1]:0.0} ms from kill to write"));
        Assert.All(new[] { outer, inner, other }, static fileSystem => Assert.False(fileSystem.IsFrozen));
    }

    private static string NameOf(string call)
    {
        var words = call.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length < 2 ? "" : words[1] == "<..." ? words[2] : words[1].Split('(')[0];
    }

    private static bool IsTraced(int process) =>
        Directory.GetDirectories($"/proc/{process}/task").All(static task => !File.ReadAllText(task + "/status").Contains("TracerPid:\t0\n", StringComparison.Ordinal));

    private static bool HasBlockedThread(int process) =>
        Directory.GetDirectories($"/proc/{process}/task").Any(static task => File.ReadAllText(task + "/stat").Split(") ")[^1][0] == 'D');

    private static string GroupAndSession(int process)
    {
        var fields = File.ReadAllText($"/proc/{process}/stat").Split(") ")[^1].Split(' ');
        return $"{fields[2]} {fields[3]}";
    }

    private static IEnumerable<string> OpenFiles(int process) =>
        Directory.GetFiles($"/proc/{process}/fd").Select(static file => new FileInfo(file).LinkTarget ?? "");
}
