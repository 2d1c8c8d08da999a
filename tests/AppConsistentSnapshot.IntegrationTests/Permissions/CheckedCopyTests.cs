using System.Runtime.Versioning;
using AppConsistentSnapshot.IntegrationTests.Support;
using AppConsistentSnapshot.Interop;
using AppConsistentSnapshot.Interop.Linux;
using AppConsistentSnapshot.Permissions;

namespace AppConsistentSnapshot.IntegrationTests.Permissions;

[SupportedOSPlatform("linux")]
public sealed class CheckedCopyTests
{
    public static string Execute(VerifiedPlan plan, params string[] arguments) => Shell.Run(plan.PostScript.CheckedCopyPath!, arguments);

    [Fact]
    public async Task Runs_a_shell_script_after_the_file_is_gone()
    {
        using var folder = GuardFolder.Create();
        using var plan = await folder.AcceptAsync();
        folder.Run("rm post.sh");

        Assert.Equal($"{plan.PostScript.CheckedCopyPath}|x y\n", Execute(plan, "x y"));
    }

    [Fact]
    public async Task Runs_a_script_of_another_interpreter()
    {
        Requires.Tool("python3");
        using var folder = GuardFolder.Create();
        folder.Write("post.sh", "#!/usr/bin/env python3\nimport sys\nprint('python', sys.argv[1:])\n", 0x1c0);
        using var plan = await folder.AcceptAsync();

        Assert.Equal("python ['a b', '']\n", Execute(plan, "a b", ""));
    }

    [Fact]
    public async Task Runs_a_program_of_more_than_one_buffer()
    {
        Requires.Tool("bash");
        using var folder = GuardFolder.Create();
        folder.Write("post.sh", await File.ReadAllBytesAsync("/bin/bash", TestContext.Current.CancellationToken), 0x1c0);
        using var plan = await folder.AcceptAsync();

        Assert.Equal("ELF\n", Execute(plan, "-c", "echo ELF"));
    }

    [Fact]
    public async Task A_script_without_an_interpreter_line_runs_by_the_shell_as_the_file_itself_does()
    {
        using var folder = GuardFolder.Create();
        folder.Write("post.sh", "echo \"plain $1\"\n", 0x1c0);
        using var plan = await folder.AcceptAsync();

        Assert.Equal("plain a b\n", Shell.Run("/bin/sh", plan.PostScript.CheckedCopyPath!, "a b"));
    }

    [Fact]
    public async Task Nobody_can_change_it_not_even_root_and_children_do_not_inherit_it()
    {
        using var folder = GuardFolder.Create();
        using var plan = await folder.AcceptAsync();
        var copy = plan.PostScript.CheckedCopyPath!;

        Assert.NotEqual(0, Shell.Try("sh", "-c", "echo x > \"$1\"", "sh", copy).ExitCode);
        Assert.NotEqual(0, Shell.Try("sh", "-c", "echo x >> \"$1\"", "sh", copy).ExitCode);
        Assert.NotEqual(0, Shell.Try("truncate", "-s", "0", copy).ExitCode);
        Assert.Equal(GuardFolder.Script, Shell.Run("cat", copy));
        Assert.DoesNotContain("memfd:acsnap", Shell.Run("ls", "-l", "/proc/self/fd"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_gone_with_the_plan()
    {
        using var folder = GuardFolder.Create();
        var plan = await folder.AcceptAsync();
        var copy = plan.PostScript.CheckedCopyPath!;
        Assert.Contains("memfd:acsnap-post-script", File.ResolveLinkTarget(copy, returnFinalTarget: false)!.FullName, StringComparison.Ordinal);

        plan.Dispose();

        Assert.DoesNotContain("memfd:acsnap-post-script", new FileInfo(copy).LinkTarget ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void A_sealed_file_takes_nothing_more_from_this_process_either()
    {
        Requires.Root();
        using var file = new LinuxMemoryFileFactory().Create("test", out var errno)!;
        Assert.Equal(Errno.None, errno);
        Assert.Equal(Errno.None, file.Append("#!/bin/sh\n"u8));
        Assert.Equal(Errno.None, file.Append([]));
        Assert.Equal(Errno.None, file.Seal());

        Assert.Equal(Errno.EPERM, file.Append("x"u8));
    }

    [Fact]
    public async Task A_script_of_more_than_64_MiB_is_refused()
    {
        using var folder = GuardFolder.Create();
        folder.Run("truncate -s 67108865 post.sh");

        Assert.Equal((307, "67108865"), Assert.Single((await folder.RefuseAsync()).Select(e => (e.Number, e.Found!))));
    }
}
