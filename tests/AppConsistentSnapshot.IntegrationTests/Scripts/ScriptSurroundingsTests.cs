using System.Runtime.Versioning;
using AppConsistentSnapshot.Interop;
using AppConsistentSnapshot.Interop.Linux;


namespace AppConsistentSnapshot.IntegrationTests.Scripts;

[SupportedOSPlatform("linux")]
public sealed class ScriptSurroundingsTests
{
    [Fact]
    public async Task The_environment_is_exactly_the_documented_one()
    {
        Environment.SetEnvironmentVariable("ACS_TEST_OF_THE_HOST", "must not be seen");
        using var host = new ScriptHost();
        var account = new LinuxUserAccounts().Executing;
        string[] expected =
        [
            "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            $"HOME={account.Home}", $"USER={account.Name}", $"LOGNAME={account.Name}", $"SHELL={account.Shell}", "LANG=C.UTF-8",
            .. Environment.GetEnvironmentVariable("TZ") is { } zone ? new[] { $"TZ={zone}" } : [],
            "ACS_PHASE=pre", $"ACS_RUN_ID={host.RunId}", $"ACS_PLAN={host.PathOf("plan.json")}", "ACS_MOUNTS=/data\n/with\\040blank",
        ];
        var seen = (await host.Shell("cat /proc/$$/environ")).OutputTail!.Split('\0', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(expected.Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task C58_Arguments_arrive_literally()
    {
        using var host = new ScriptHost();
        var result = await host.Shell(
            "printf '%s|' $# \"$@\"", arguments: ["", "", "a b", "$HOME", "`id`", ";x", "*", "ä\n", "-n"]);
        Assert.Equal("9|||a b|$HOME|`id`|;x|*|ä\n|-n|", result.OutputTail);
    }

    [Fact]
    public async Task It_runs_in_the_root_folder_with_the_umask_of_the_options_and_changes_neither_for_the_host()
    {
        using var host = new ScriptHost { Options = new(TimeSpan.Zero, UnixFileMode.GroupWrite | UnixFileMode.OtherRead, TimeSpan.Zero) };
        var before = (Environment.CurrentDirectory, HostUmask());
        var result = await host.Shell("pwd; umask; cd /usr; umask 077");
        Assert.Equal("/\n0024\n", result.OutputTail);
        Assert.Equal(before, (Environment.CurrentDirectory, HostUmask()));
    }

    [Fact]
    public async Task Its_path_is_the_zeroth_argument_so_that_it_finds_its_neighbours()
    {
        using var host = new ScriptHost();
        host.Write("neighbour=found\n", "neighbour.inc");
        var result = await host.Shell(". \"$(dirname \"$0\")/neighbour.inc\"; echo $neighbour");
        Assert.Equal("found\n", result.OutputTail);
    }

    [Fact]
    public async Task Standard_input_is_empty()
    {
        using var host = new ScriptHost();
        var result = await host.Shell("cat; readlink /proc/$$/fd/0");
        Assert.Equal("/dev/null\n", result.OutputTail);
    }

    [Fact]
    public async Task It_leads_a_session_and_a_group_of_its_own()
    {
        using var host = new ScriptHost();
        var result = await host.Shell("echo $$; cut -d' ' -f5,6 /proc/$$/stat");
        var lines = result.OutputTail!.Split('\n');
        Assert.Equal($"{lines[0]} {lines[0]}", lines[1]);
    }

    [Fact]
    public async Task No_signal_is_blocked_or_ignored()
    {
        using var host = new ScriptHost();
        var result = await host.Shell("grep -E '^Sig(Blk|Ign):' /proc/self/status");

        // glibc's posix_spawn leaves its own two signals (32 and 33) ignored, for programs it starts and everybody else's.
        var seen = result.OutputTail!.Replace("180000000", "000000000", StringComparison.Ordinal);
        Assert.Equal("SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n", seen);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_inherits_no_descriptor_of_the_host(bool forceCloseEach)
    {
        using var host = new ScriptHost(forceCloseEach: forceCloseEach);
        var secret = host.Write("secret", "secret");
        var leaked = Native.Open(secret, 0);
        var high = Native.Duplicate(leaked, 0, 700);
        try
        {
            Assert.True(leaked > 2 && high >= 700);
            var result = await host.Shell("for fd in /proc/$$/fd/*; do readlink $fd; done; ls /proc/self/fd | wc -l");
            Assert.DoesNotContain(secret, result.OutputTail, StringComparison.Ordinal);
            Assert.EndsWith("\n4\n", result.OutputTail, StringComparison.Ordinal);
        }
        finally
        {
            Assert.Equal(0, Native.Close(leaked));
            Assert.Equal(0, Native.Close(high));
        }
    }

    [Theory]
    [InlineData("#!/bin/bash\na=(1 2 3)\n[[ ${#a[@]} == 3 ]] && echo bash\n", "bash\n", "bash")]
    [InlineData("#!/usr/bin/env python3\nprint('python')\n", "python\n", "python3")]
    [InlineData("echo no shebang $1\n", "no shebang x\n", "sh")]
    [InlineData("#!/bin/sh -e\necho one\nfalse\necho two\n", "one\n", "sh")]
    [InlineData("", null, "sh")]
    public async Task C64_The_first_line_chooses_the_interpreter(string content, string? output, string tool)
    {
        Assert.SkipUnless(tool != "python3" || File.Exists("/usr/bin/python3"), "needs python3");
        using var host = new ScriptHost();
        var result = await host.Run(host.Write(content), arguments: ["x"]);
        Assert.Equal(output, result.OutputTail);
    }

    [Fact]
    public async Task The_umask_is_nine_bits_of_the_option()
    {
        using var host = new ScriptHost { Options = new(TimeSpan.Zero, (UnixFileMode)Convert.ToInt32("777", 8), TimeSpan.Zero) };
        Assert.Equal("0777\n", (await host.Shell("umask")).OutputTail);
    }

    [Fact]
    public void The_executing_account_comes_from_the_file_alone()
    {
        using var host = new ScriptHost();
        var path = host.Write("a:x:0:0::/zero:/bin/zsh\nbroken\nb:x:5:5:::\n", "passwd");
        var accounts = new LinuxUserAccounts(path);
        Assert.Equal(new UserAccount("a", "/zero", "/bin/zsh"), accounts.Find(0));
        Assert.Equal(new UserAccount("b", "/", "/bin/sh"), accounts.Find(5));
        Assert.Equal(new UserAccount("77", "/", "/bin/sh"), accounts.Find(77));
        Assert.Equal(new UserAccount("root", "/root", "/bin/sh"), new LinuxUserAccounts(path + "-none").Find(0));
    }

    private static string HostUmask() => File.ReadLines("/proc/self/status").Single(static line => line.StartsWith("Umask:", StringComparison.Ordinal));
}
