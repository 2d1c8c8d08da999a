using System.Runtime.Versioning;
using System.Text;
using AppConsistentSnapshot.Reports;
using AppConsistentSnapshot.Scripts;
using Microsoft.Extensions.Logging.Testing;

namespace AppConsistentSnapshot.IntegrationTests.Scripts;

[SupportedOSPlatform("linux")]
public sealed class ScriptOutputTests
{
    [Theory]
    [InlineData(60, "")]
    [InlineData(100, "")]
    [InlineData(100, " >&2")]
    public async Task C24_C25_Output_does_not_block_a_script(int kilobytes, string redirection)
    {
        using var host = new ScriptHost();
        var result = await host.Shell($"head -c {kilobytes}000 /dev/zero | tr '\\0' x{redirection}; echo end");
        Assert.Equal(StepStatus.Succeeded, result.Status);
        Assert.Contains("xxx", result.OutputTail, StringComparison.Ordinal);
        Assert.Contains("end\n", result.OutputTail, StringComparison.Ordinal);
        Assert.InRange(Encoding.UTF8.GetByteCount(result.OutputTail!), Math.Min(kilobytes * 1000, 60_000), 64 * 1024);
    }

    [Theory]
    [InlineData("yes 'a line of output'")]
    [InlineData("cat /dev/zero")]
    [InlineData("cat /dev/urandom")]
    public async Task A_hundred_megabytes_need_little_memory(string source)
    {
        var logger = new SlowLogger();
        using var host = new ScriptHost { Logger = logger };
        GC.Collect();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var running = host.Shell($"{source} | head -c 104857600; echo; echo end");
        var peak = before;
        while (!running.IsCompleted)
        {
            // What is alive, not what is waiting to be collected.
            peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true));
            await Task.WhenAny(running, Task.Delay(50, CancellationToken.None));
        }

        var result = await running;
        Assert.Equal(StepStatus.Succeeded, result.Status);
        Assert.EndsWith("\nend\n", result.OutputTail, StringComparison.Ordinal);
        Assert.StartsWith("[only the end of 1048576", result.OutputTail, StringComparison.Ordinal);
        Assert.InRange(peak - before, long.MinValue, 32L * 1024 * 1024);
    }

    [Fact]
    public async Task A_logger_that_hangs_delays_nobody()
    {
        using var hang = new ManualResetEventSlim();
        try
        {
            using var host = new ScriptHost { Logger = new SlowLogger { Hang = hang } };
            var result = await host.Shell("seq 200000");
            Assert.Equal(StepStatus.Succeeded, result.Status);
            Assert.EndsWith("\n200000\n", result.OutputTail, StringComparison.Ordinal);
        }
        finally
        {
            hang.Set();
        }
    }

    [Fact]
    public async Task Lines_are_logged_harmless_and_the_report_is_valid()
    {
        var logger = new FakeLogger<ScriptJob>();
        using var host = new ScriptHost { Logger = logger };
        var result = await host.Shell("printf 'a\\033[31mred\\r\\n\\377\\376 \\302\\205|\\342\\200\\256\\tend\\nlast'; printf 'err\\n' >&2");
        var lines = logger.Collector.GetSnapshot().Select(static record => record.GetStructuredStateValue("Line")).ToArray();
        Assert.Contains("a\\x1b[31mred", lines, StringComparer.Ordinal);
        Assert.Contains("\uFFFD\uFFFD \\x85|\\u{202e}\\tend", lines, StringComparer.Ordinal);
        Assert.Contains("last", lines, StringComparer.Ordinal);
        Assert.Contains("err", lines, StringComparer.Ordinal);
        Assert.Contains("\uFFFD\uFFFD", result.OutputTail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_that_closes_its_output_early_is_still_waited_for()
    {
        using var host = new ScriptHost();
        var result = await host.Shell("exec >&- 2>&-; sleep 0.3; touch $D/done; exit 5");
        Assert.Equal(5, result.ExitCode);
        Assert.True(File.Exists(host.PathOf("done")));
        Assert.Null(result.OutputTail);
    }

    [Fact]
    public async Task A_child_that_keeps_the_pipe_open_delays_nobody_and_can_go_on_writing()
    {
        using var host = new ScriptHost();
        var result = await host.Shell(
            """
            setsid sh -c 'echo $$ > '$D'/pid; while [ ! -e '$D'/go ]; do :; done; head -c 1000000 /dev/zero && touch '$D'/written; exec sleep 1000' &
            while [ ! -s $D/pid ]; do :; done
            echo before; exit 0
            """,
            ScriptPhase.Post);
        Assert.Equal(StepStatus.Succeeded, result.Status);
        Assert.Equal("before\n", result.OutputTail);
        Assert.True(ScriptHost.IsAlive(host.Pid("pid")));

        // More than a pipe holds: it must be read, or the daemon blocks; and not be closed, or it dies.
        File.WriteAllText(host.PathOf("go"), "");
        await ScriptHost.Until(() => File.Exists(host.PathOf("written")), "the daemon writes");
        Assert.True(ScriptHost.IsAlive(host.Pid("pid")));
    }

    [Fact]
    public async Task A_daemon_that_never_stops_writing_delays_nobody()
    {
        using var host = new ScriptHost();
        var result = await host.Shell("setsid yes & sleep 0.2; exit 4", ScriptPhase.Post);
        Assert.Equal(4, result.ExitCode);
    }

    [Fact]
    public async Task What_was_written_last_is_never_lost()
    {
        using var host = new ScriptHost();
        var path = host.Write("#!/bin/sh\nseq 3000; echo last >&2; echo last; exit 9\n");
        for (var i = 0; i < 30; i++)
        {
            var result = await host.Run(path);
            Assert.Equal(9, result.ExitCode);
            Assert.Equal(2, result.OutputTail!.Split("last\n").Length - 1);
        }
    }
}
