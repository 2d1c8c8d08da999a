using System.Runtime.Versioning;
using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Interop;
using AppConsistentSnapshot.IntegrationTests.Support;
using AppConsistentSnapshot.Participants;
using AppConsistentSnapshot.Reports;
using AppConsistentSnapshot.Scripts;

namespace AppConsistentSnapshot.IntegrationTests.Scripts;

[SupportedOSPlatform("linux")]
public sealed class ScriptStartTests
{
    [Theory]
    [InlineData("#!/no/such/interpreter -x\n", 2, "'/no/such/interpreter', is not there")]
    [InlineData("#!/bin/sh\r\necho x\r\n", 2, "as on Windows")]
    [InlineData("#!/etc\n", 13, "'/etc' cannot be executed")]
    [InlineData("\u0001\0\u0002 not a program\n", 8, "neither a script nor a program")]
    public async Task A_failure_to_execute_is_told_apart_and_explained(string content, int errno, string explanation)
    {
        using var host = new ScriptHost();
        var result = await host.Run(host.Write(content), retries: 3);
        AssertNotExecuted(result, (Errno)errno, explanation);
    }

    [Fact]
    public async Task A_script_that_is_gone_is_not_executed()
    {
        using var host = new ScriptHost();
        var result = await host.Run(host.PathOf("gone"), ScriptPhase.Post);
        Assert.True(Assert.Single(result.Errors).Is(ErrorCodes.PostScriptExecutionFailed));
        AssertNotExecuted(result, Errno.ENOENT, "could not be executed");
    }

    [Fact]
    public async Task Its_own_exit_codes_126_and_127_are_exit_codes()
    {
        using var host = new ScriptHost();
        Assert.Equal(127, (await host.Shell("exit 127")).ExitCode);
        Assert.Equal(126, (await host.Shell("exit 126")).ExitCode);
        Assert.Equal(255, (await host.Shell("exit 255")).ExitCode);
    }

    [Fact]
    public async Task A_file_system_mounted_noexec_is_named_as_a_cause()
    {
        Requires.Root();
        using var host = new ScriptHost();
        var mount = host.PathOf("noexec");
        Directory.CreateDirectory(mount);
        Shell.Run("mount", "-t", "tmpfs", "-o", "noexec", "tmpfs", mount);
        try
        {
            var result = await host.Run(host.Write("#!/bin/sh\n", "noexec/script.sh"));
            AssertNotExecuted(result, Errno.EACCES, "noexec");
        }
        finally
        {
            Shell.Run("umount", mount);
        }
    }

    [Fact]
    public async Task A_null_character_in_an_argument_is_refused_and_not_cut_off()
    {
        using var host = new ScriptHost();
        var result = await host.Shell("echo ran", arguments: ["a\0b"]);
        AssertNotExecuted(result, Errno.EINVAL, "null character");
    }

    [Fact]
    public async Task Arguments_beyond_the_kernels_limit_are_a_failure_to_execute()
    {
        using var host = new ScriptHost();
        var result = await host.Shell("echo ran", arguments: [new string('x', 200_000)]);
        AssertNotExecuted(result, (Errno)7, "could not be executed");
    }

    [Fact]
    public async Task A_script_that_is_briefly_open_for_writing_runs()
    {
        using var host = new ScriptHost();
        var path = host.Write("#!/bin/sh\necho ran\n");
        using var writer = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        var busy = await host.Run(path);
        AssertNotExecuted(busy, Errno.ETXTBSY, "open for writing");

        var running = host.Run(path, retries: 1000);
        writer.Dispose();
        Assert.Equal("ran\n", (await running).OutputTail);
    }

    [Fact]
    public async Task Hundreds_run_at_once()
    {
        using var host = new ScriptHost();
        var path = host.Write("#!/bin/sh\nsleep 0.2; echo $1; exit $(($1 % 2))\n");
        var results = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => host.Run(path, arguments: [$"{i}"], plan: $"plan{i}")));
        for (var i = 0; i < results.Length; i++)
        {
            Assert.Equal($"{i}\n", results[i].OutputTail);
            Assert.Equal(i % 2, results[i].ExitCode);
        }
    }

    [Fact]
    public async Task Programs_of_the_host_and_scripts_do_not_disturb_each_other()
    {
        using var host = new ScriptHost();
        var path = host.Write("#!/bin/sh\nexit 3\n");
        var scripts = Task.WhenAll(Enumerable.Range(0, 50).Select(i => host.Run(path, plan: $"plan{i}")));
        var programs = Enumerable.Range(0, 50).Select(static _ => Task.Run(static () => Shell.Try("sh", "-c", "exit 5").ExitCode));
        Assert.All(await Task.WhenAll(programs), static code => Assert.Equal(5, code));
        Assert.All(await scripts, static result => Assert.Equal(3, result.ExitCode));
    }

    private static void AssertNotExecuted(ParticipantResult result, Errno errno, string explanation)
    {
        Assert.Equal(StepStatus.Failed, result.Status);
        Assert.Null(result.ExitCode);
        Assert.Null(result.OutputTail);
        var error = Assert.Single(result.Errors);
        Assert.Equal((int)errno, error.Errno);
        Assert.Contains(explanation, error.Message, StringComparison.Ordinal);
        Assert.Equal(errno == Errno.ETXTBSY ? result.Attempts : 1, result.Attempts);
    }
}
