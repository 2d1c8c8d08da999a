using System.Runtime.Versioning;
using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.IntegrationTests.Support;
using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.IntegrationTests.Permissions;

[SupportedOSPlatform("linux")]
public sealed class PermissionGuardTests
{
    [Theory]
    [InlineData("/var/lib")]
    [InlineData("/root")]
    [InlineData("/tmp")]
    public async Task Accepts_what_only_root_can_touch_also_below_a_sticky_folder(string parent)
    {
        using var folder = GuardFolder.Create(parent);
        using (var plan = await folder.AcceptAsync())
        {
            Assert.Null(plan.PreScript.Recheck());
            Assert.Null(plan.PostScript.Recheck());
            Assert.Equal([folder.PostPath, folder.PrePath], folder.OpenDescriptors().Order(StringComparer.Ordinal), StringComparer.Ordinal);
        }

        Assert.Empty(folder.OpenDescriptors());
    }

    [Theory]
    [InlineData("chmod 0640 plan.json", 317)]
    [InlineData("chmod 0400 plan.json", 317)]
    [InlineData("chown 1000 plan.json", 317)]
    [InlineData("setfacl -m u:1000:r plan.json", 317)]
    [InlineData("setfacl -m u:1000:r,m::- plan.json && chmod 0700 plan.json", 317)]
    [InlineData("chmod 0755 pre.sh", 306)]
    [InlineData("chmod 0600 pre.sh", 306)]
    [InlineData("chmod 04700 pre.sh", 306)]
    [InlineData("chmod 02700 pre.sh", 306)]
    [InlineData("chmod 01700 pre.sh", 306)]
    [InlineData("chown 1000:1000 pre.sh && chmod 06777 pre.sh", 306)]
    [InlineData("chown 54321 post.sh", 307)]
    [InlineData("setfacl -m g:1000:x post.sh", 307)]
    [InlineData("setfacl -m u:1000:rwx post.sh && chown 1000 post.sh && chmod 7777 post.sh", 307)]
    [InlineData("chmod 0777 .", 317, 306, 307)]
    [InlineData("chmod 0775 .", 317, 306, 307)]
    [InlineData("chmod 02775 .", 317, 306, 307)]
    [InlineData("chown 1000 .", 317, 306, 307)]
    [InlineData("chown 1000 . && chmod 1777 .", 317, 306, 307)]
    [InlineData("setfacl -m u:1000:rwx .", 317, 306, 307)]
    [InlineData("setfacl -m g:1000:w . && chown 1000 .", 317, 306, 307)]
    [InlineData("mv pre.sh real.sh && ln -s real.sh pre.sh", 306)]
    [InlineData("mv post.sh real.sh && ln -s \"$PWD/real.sh\" post.sh", 307)]
    [InlineData("mv plan.json real && ln -s real plan.json", 317)]
    public async Task The_line_in_the_finding_mends_it(string spoil, params int[] numbers)
    {
        Requires.Tool("setfacl");
        using var folder = GuardFolder.Create(name: "a 'strange'\n$(name) ü");
        folder.Run(spoil);

        var errors = await folder.RefuseAsync();

        Assert.Equal(numbers, errors.Select(e => e.Number));
        foreach (var error in errors)
        {
            Assert.StartsWith(folder.Path, error.Path, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', error.Message);
            Shell.Run("bash", "-c", error.RecommendedAction[(error.RecommendedAction.LastIndexOf("Run as root: ", StringComparison.Ordinal) + 13)..]);
        }

        using var plan = await folder.AcceptAsync();
        Assert.Null(plan.PreScript.Recheck());
    }

    [Theory]
    [InlineData("setfacl -m u:1000:rwx pre.sh && chmod g= pre.sh")]
    [InlineData("setfacl -m u:1000:rx .")]
    [InlineData("setfacl -m u:1000:rwx . && chmod g=rx .")]
    [InlineData("setfacl -m u:1000:rx,m::rwx .")]
    [InlineData("setfacl -d -m u:1000:rwx,o::rwx .")]
    [InlineData("setfacl -m u:0:rwx . && chmod g+w .")]
    [InlineData("chgrp 1000 . plan.json pre.sh post.sh")]
    [InlineData("chmod 0711 .")]
    [InlineData("ln pre.sh pre-too.sh")]
    [InlineData("setfattr -n user.comment -v x pre.sh || true")]
    [InlineData("chmod 1777 .")]
    public async Task What_grants_nobody_else_anything_is_accepted(string line)
    {
        Requires.Tool("setfacl");
        using var folder = GuardFolder.Create();
        folder.Run(line);

        using var plan = await folder.AcceptAsync();

        Assert.Null(plan.PostScript.Recheck());
    }

    [Theory]
    [InlineData("rm post.sh")]
    [InlineData("rm post.sh && mkdir post.sh")]
    [InlineData("rm post.sh && mkfifo -m 700 post.sh")]
    [InlineData("rm post.sh && mknod -m 700 post.sh c 1 3")]
    [InlineData("rm post.sh && mknod -m 700 post.sh b 7 250")]
    [InlineData("rm post.sh && ln -s nowhere post.sh")]
    [InlineData("rm post.sh && ln -s post.sh post.sh")]
    [InlineData("rm post.sh && ln -s x post.sh && ln -s post.sh x")]
    public async Task C50_What_is_no_file_is_not_found_and_does_not_hang(string line)
    {
        using var folder = GuardFolder.Create();
        folder.Run(line);

        var error = Assert.Single(await folder.RefuseAsync());

        Assert.True(error.Is(ErrorCodes.PostScriptNotFound), error.ToString());
    }

    [Fact]
    public async Task A_relative_path_is_not_found_whatever_the_working_folder_is()
    {
        using var folder = GuardFolder.Create();
        folder.PrePath = "pre.sh";

        Assert.Equal(302, Assert.Single(await folder.RefuseAsync()).Number);
    }

    [Fact]
    public async Task C67_A_folder_of_user_1000_is_refused_before_he_can_swap_the_script()
    {
        using var folder = GuardFolder.Create();
        folder.Run("mkdir -m 755 app && mv post.sh app/ && chown 1000 app");
        folder.PostPath = $"{folder.Path}/app/post.sh";

        var error = Assert.Single(await folder.RefuseAsync());

        Assert.Equal((307, $"{folder.Path}/app"), (error.Number, error.Path!));
        var (exitCode, output) = folder.TryAsUser("cd app && mv post.sh old && printf '#!/bin/sh\\nid\\n' > post.sh && chmod 777 post.sh");
        Assert.True(exitCode == 0, output);
        Assert.Equal(["owner 1000, mode 0777", "owner 1000, mode 0755"], (await folder.RefuseAsync()).Select(e => e.Found), StringComparer.Ordinal);
    }

    [Fact]
    public async Task In_a_sticky_folder_an_entry_of_user_1000_is_refused_and_roots_cannot_be_swapped()
    {
        using var folder = GuardFolder.Create();
        folder.Run("chmod 1777 .");
        using (var plan = await folder.AcceptAsync())
        {
            Assert.NotEqual(0, folder.TryAsUser("mv post.sh old").ExitCode);
            Assert.NotEqual(0, folder.TryAsUser("rm -f post.sh").ExitCode);
            Assert.Null(plan.PostScript.Recheck());
        }

        folder.Run("mkdir app && mv post.sh app/ && chown 1000 app");
        folder.PostPath = $"{folder.Path}/app/post.sh";
        Assert.Equal(307, Assert.Single(await folder.RefuseAsync()).Number);
    }

    [Fact]
    public async Task Links_on_the_way_are_followed_as_the_kernel_does_and_what_they_lead_through_is_checked()
    {
        using var folder = GuardFolder.Create();
        folder.Run("mkdir -p a/b && mv pre.sh a/b/ && ln -s ../a/./b a/link && ln -s \"$PWD/a/link\" entry && ln -s entry/. again");
        folder.PrePath = $"{folder.Path}/again//../b/pre.sh";
        using (var plan = await folder.AcceptAsync())
        {
            Assert.Null(plan.PreScript.Recheck());
        }

        folder.Run("chown -h 1000 a/link");
        Assert.Equal($"{folder.Path}/a/link", Assert.Single(await folder.RefuseAsync()).Path);
        folder.Run("chown -h 0 a/link && chmod o+w a");
        Assert.Equal($"{folder.Path}/a", Assert.Single(await folder.RefuseAsync()).Path);
    }

    [Fact]
    public async Task Links_of_proc_are_refused()
    {
        using var folder = GuardFolder.Create();
        folder.PrePath = $"/proc/1/root{folder.PrePath}";
        folder.PostPath = $"/proc/self/root{folder.PostPath}";

        Assert.Equal(["a link of /proc", "a link of /proc"], (await folder.RefuseAsync()).Select(e => e.Found), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_loop_of_folder_links_is_not_found()
    {
        using var folder = GuardFolder.Create();
        folder.Run("ln -s b a && ln -s a b");
        folder.PrePath = $"{folder.Path}/a/pre.sh";

        var error = Assert.Single(await folder.RefuseAsync());

        Assert.Equal((302, (int)Errno.ELOOP), (error.Number, error.Errno));
    }

    [Fact]
    public async Task A_script_on_a_file_system_mounted_noexec_is_refused_and_the_line_mends_it()
    {
        using var folder = GuardFolder.Create();
        folder.Run("mkdir mount && mount -t tmpfs -o noexec,mode=755,size=1m none mount && cp -p post.sh mount/");
        try
        {
            folder.PostPath = $"{folder.Path}/mount/post.sh";
            var error = Assert.Single(await folder.RefuseAsync());
            Assert.Equal((307, "noexec"), (error.Number, error.Found));

            Shell.Run("bash", "-c", error.RecommendedAction[(error.RecommendedAction.IndexOf("mount -o", StringComparison.Ordinal))..]);
            using var plan = await folder.AcceptAsync();
            Assert.Null(plan.PostScript.Recheck());
        }
        finally
        {
            folder.Run("umount mount");
        }
    }

    [Fact]
    public async Task What_hides_a_script_behind_a_mount_is_noticed()
    {
        using var folder = GuardFolder.Create();
        folder.Run("mkdir app && mv post.sh app/ && mkdir other && cp -p app/post.sh other/");
        folder.PostPath = $"{folder.Path}/app/post.sh";
        using var plan = await folder.AcceptAsync();

        folder.Run("mount --bind other app");
        try
        {
            Assert.Contains("inode", plan.PostScript.Recheck()!.Found, StringComparison.Ordinal);
        }
        finally
        {
            folder.Run("umount app");
        }

        Assert.Null(plan.PostScript.Recheck());
    }

    [Fact]
    public async Task A_plan_whose_content_is_not_what_was_loaded_is_refused()
    {
        using var folder = GuardFolder.Create();
        folder.Run("printf '[]' > plan.json");

        Assert.Contains("changed between being loaded", Assert.Single(await folder.RefuseAsync()).Message, StringComparison.Ordinal);
    }
}
