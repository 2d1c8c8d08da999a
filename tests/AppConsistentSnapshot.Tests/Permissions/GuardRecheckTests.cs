using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Tests.Permissions;

public sealed class GuardRecheckTests
{
    private readonly GuardHost _host = new();

    public static TheoryData<string> Changes => ["overwrite", "same size", "replace", "hard link", "touch", "chmod and back"];

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task C67_A_script_changed_after_the_check_is_not_the_one_that_was_checked(string change)
    {
        using var plan = await _host.AcceptAsync();
        Assert.Null(plan.PostScript.Recheck());

        switch (change)
        {
            case "overwrite":
                _host.Tree.Change(GuardHost.PostPath, n => n.Content = "#!/bin/sh\nreboot\n"u8.ToArray());
                break;
            case "same size":
                // The modification time is as before: only the change time tells.
                _host.Tree.Change(GuardHost.PostPath, n => n.Content = new byte[n.Content.Length]);
                break;
            case "replace":
                _host.Tree.AddFile("/opt/app/new", 0x1c0, "#!/bin/sh\necho post\n");
                _host.Tree.Move("/opt/app/new", GuardHost.PostPath);
                break;
            case "hard link":
                _host.Tree.Change(GuardHost.PostPath, static _ => { });
                break;
            case "touch":
                _host.Tree.Change(GuardHost.PostPath, n => n.Modified = new FileTime(1, 1));
                break;
            default:
                _host.Tree.Change(GuardHost.PostPath, n => n.Mode = 0x1ff);
                Assert.Equal("owner 0, mode 0777", plan.PostScript.Recheck()!.Found);
                _host.Tree.Change(GuardHost.PostPath, n => n.Mode = 0x1c0);
                break;
        }

        var error = plan.PostScript.Recheck();

        Assert.NotNull(error);
        Assert.Equal((307, GuardHost.PostPath), (error.Number, error.Path!));
        Assert.Contains("change", error.Found + error.Message, StringComparison.Ordinal);
        Assert.Equal("/memory/0", plan.PostScript.CheckedCopyPath);
        Assert.Null(plan.PreScript.Recheck());
    }

    [Fact]
    public async Task Folders_are_checked_again_too()
    {
        using var plan = await _host.AcceptAsync();
        _host.Tree["/opt"].Mode = 0x1ff;
        _host.Tree["/opt/app"].Owner = 1000;

        var error = plan.PreScript.Recheck();

        Assert.Equal((306, "/opt"), (error!.Number, error.Path!));
        Assert.Contains("(and 1 more)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_on_the_way_that_leads_elsewhere_now_is_noticed()
    {
        _host.Tree.AddLink("/link", "/opt/app");
        _host.Tree.AddFolder("/opt/other");
        _host.Tree.AddFile("/opt/other/pre.sh", 0x1c0, "#!/bin/sh\necho pre\n");
        using var plan = await _host.AcceptAsync(GuardHost.Plan(pre: "/link/pre.sh"));

        _host.Tree.Remove("/link");
        _host.Tree.AddLink("/link", "/opt/other");

        Assert.Contains("inode", plan.PreScript.Recheck()!.Found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_that_is_gone_is_not_found_and_its_copy_stays()
    {
        using var plan = await _host.AcceptAsync();
        _host.Tree.Remove(GuardHost.PostPath);

        Assert.Equal(303, plan.PostScript.Recheck()!.Number);
        Assert.NotNull(plan.PostScript.CheckedCopyPath);
    }

    [Fact]
    public async Task A_script_that_is_moved_away_and_back_counts_as_changed()
    {
        using var plan = await _host.AcceptAsync();
        _host.Tree.Move(GuardHost.PrePath, "/opt/app/x");
        _host.Tree.Move("/opt/app/x", GuardHost.PrePath);

        Assert.Equal("another change time", plan.PreScript.Recheck()!.Found);
    }

    [Fact]
    public async Task Reading_a_script_does_not_count_as_a_change_and_rechecks_leave_nothing_open()
    {
        using var plan = await _host.AcceptAsync();
        for (var i = 0; i < 3; i++)
        {
            Assert.Null(plan.PreScript.Recheck());
            Assert.Null(plan.PostScript.Recheck());
        }

        Assert.Equal(2, _host.Tree.OpenHandles);
    }

    [Fact]
    public async Task A_disposed_script_cannot_be_asked()
    {
        var plan = await _host.AcceptAsync();
        plan.Dispose();

        Assert.Throws<ObjectDisposedException>(() => plan.PreScript.Recheck());
    }

    [Fact]
    public async Task A_swap_during_the_walk_cannot_mix_two_files()
    {
        // Between opening the script and looking at it, the path gets another file: what is checked is what was opened.
        _host.Tree.OnCall = (call, path) =>
        {
            if (call == "stat" && path == GuardHost.PrePath)
            {
                _host.Tree.OnCall = null;
                _host.Tree.AddFile(GuardHost.PrePath, 0x1ff, owner: 1000);
            }
        };

        using var plan = await _host.AcceptAsync();

        Assert.Equal("owner 1000, mode 0777", plan.PreScript.Recheck()!.Found);
    }
}
