using System.Runtime.Versioning;
using AppConsistentSnapshot.Participants;
using AppConsistentSnapshot.Reports;

namespace AppConsistentSnapshot.IntegrationTests.Scripts;

[Collection(nameof(Alone))]
[SupportedOSPlatform("linux")]
public sealed class ScriptHostileHostTests
{
    private const int ChildSignal = 17;

    [Fact]
    public async Task A_host_that_ignores_SIGCHLD_is_told_that_the_end_is_lost()
    {
        using var host = new ScriptHost();
        Ignore(out var previous);
        try
        {
            // Short ones, for they may be gone before anybody could look.
            for (var i = 0; i < 20; i++)
            {
                var result = await host.Shell("echo out; exit 0");
                Assert.Equal(StepStatus.Failed, result.Status);
                Assert.Contains("SIGCHLD", Assert.Single(result.Errors).Message, StringComparison.Ordinal);
                Assert.Equal("out\n", result.OutputTail);
            }
        }
        finally
        {
            Restore(previous);
        }
    }

    [Fact]
    public async Task An_exhausted_thread_pool_blocks_no_script_and_loses_no_output()
    {
        using var host = new ScriptHost();
        using var release = new ManualResetEventSlim();
        ThreadPool.GetMinThreads(out var least, out _);
        var blockers = Enumerable.Range(0, least + 16).Select(_ => Task.Run(release.Wait)).ToArray();
        try
        {
            // More than the pipe holds: it ends only if it is drained without the pool.
            var result = await host.Shell("seq 100000; touch $D/done; exit 6");
            Assert.Equal(6, result.ExitCode);
            Assert.EndsWith("\n100000\n", result.OutputTail, StringComparison.Ordinal);
            Assert.True(File.Exists(host.PathOf("done")));
        }
        finally
        {
            release.Set();
            await Task.WhenAll(blockers);
        }
    }

    [Fact]
    public async Task Threads_and_descriptors_are_given_back()
    {
        using var host = new ScriptHost();
        await RunMany(host);
        await ScriptHost.Until(static () => ScriptThreads() == 0, "the threads of the first scripts end");
        var descriptors = Descriptors();
        await RunMany(host);
        await ScriptHost.Until(static () => ScriptThreads() == 0, "the threads of the second scripts end");
        Assert.InRange(Descriptors(), 0, descriptors + 5);
    }

    private static Task<ParticipantResult[]> RunMany(ScriptHost host)
    {
        var path = host.Write("#!/bin/sh\nexit 1\n");
        return Task.WhenAll(Enumerable.Range(0, 40).Select(i => host.Run(path, retries: 1, plan: $"plan{i}")));
    }

    private static int Descriptors() => Directory.GetFileSystemEntries("/proc/self/fd").Length;

    private static int ScriptThreads() => Directory.GetDirectories("/proc/self/task")
        .Count(static task => File.Exists(task + "/comm") && File.ReadAllText(task + "/comm").StartsWith("acsnap", StringComparison.Ordinal));

    private static unsafe void Ignore(out byte[] previous)
    {
        // struct sigaction of libc is at most 152 bytes; its handler comes first, and 1 is SIG_IGN.
        previous = new byte[256];
        var ignore = new byte[256];
        ignore[0] = 1;
        fixed (byte* next = ignore, last = previous)
        {
            Assert.Equal(0, Native.SetAction(ChildSignal, next, last));
        }
    }

    private static unsafe void Restore(byte[] previous)
    {
        fixed (byte* last = previous)
        {
            Assert.Equal(0, Native.SetAction(ChildSignal, last, null));
        }
    }
}
