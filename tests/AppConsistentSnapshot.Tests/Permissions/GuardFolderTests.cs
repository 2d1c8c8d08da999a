using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Tests.Permissions;

public sealed class GuardFolderTests
{
    private readonly GuardHost _host = new();

    [Theory]
    [InlineData("/")]
    [InlineData("/opt")]
    [InlineData("/opt/app")]
    public async Task C51_Folders_up_to_the_root_cannot_be_written_by_others(string folder)
    {
        foreach (var mode in new[] { 0x1ff, 0x1fd, 0x1ef })
        {
            _host.Tree[folder].Mode = mode;

            var errors = (await _host.RefuseAsync()).Where(e => e.Number == 306).ToList();

            var error = Assert.Single(errors);
            Assert.Equal(folder, error.Path);
            Assert.Equal($"owner 0, mode 0{Convert.ToString(mode, 8)}", error.Found);
            Assert.Equal($"Run as root: chmod go-w {folder}", error.RecommendedAction);
        }
    }

    [Fact]
    public async Task Folders_belong_to_root()
    {
        _host.Tree["/opt/app"].Owner = 1000;

        var errors = await _host.RefuseAsync();

        Assert.Equal([306, 307], errors.Select(e => e.Number));
        Assert.All(errors, e => Assert.Equal("Run as root: chown root /opt/app", e.RecommendedAction));
    }

    [Fact]
    public async Task Root_may_stand_in_for_another_expected_owner_of_a_folder_but_not_of_a_file()
    {
        _host.Options.Owner = 1000;
        _host.Tree["/opt/app"].Owner = 1000;

        var errors = await _host.RefuseAsync();

        Assert.Equal([GuardHost.PlanPath, GuardHost.PrePath, GuardHost.PostPath], errors.Select(e => e.Path), StringComparer.Ordinal);
        Assert.All(errors, e => Assert.StartsWith("owner 1000, ", e.Allowed, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_sticky_folder_is_fine_where_the_entry_is_roots()
    {
        _host.Tree.AddFolder("/tmp/app");
        _host.Tree.AddFile("/tmp/app/pre.sh", 0x1c0);
        _host.Tree.AddFile("/tmp/post.sh", 0x1c0);

        using var plan = await _host.AcceptAsync(GuardHost.Plan("/tmp/app/pre.sh", "/tmp/post.sh"));

        Assert.Null(plan.PostScript.Recheck());
    }

    [Fact]
    public async Task A_sticky_folder_is_not_enough_where_the_entry_is_somebody_elses()
    {
        _host.Tree.AddFolder("/tmp/app", owner: 1000);
        _host.Tree.AddFile("/tmp/app/pre.sh", 0x1c0);
        _host.Tree.AddLink("/tmp/link", "/opt/app", owner: 1000);

        var errors = await _host.RefuseAsync(GuardHost.Plan("/tmp/app/pre.sh", "/tmp/link/post.sh"));

        Assert.Equal([(306, "/tmp/app"), (307, "/tmp/link")], errors.Select(e => (e.Number, e.Path!)));
        Assert.Equal("Run as root: chown -h root /tmp/link", errors[1].RecommendedAction);
    }

    [Fact]
    public async Task Sticky_protects_entries_and_not_the_folder_itself()
    {
        _host.Tree["/opt/app"].Mode = 0x3ff;
        _host.Tree["/opt/app"].Owner = 1000;

        Assert.All(await _host.RefuseAsync(), e => Assert.Equal("Run as root: chown root /opt/app", e.RecommendedAction));
    }

    [Theory]
    [InlineData("with a blank", "'/opt/with a blank'")]
    [InlineData("it's", "'/opt/it'\\''s'")]
    [InlineData("$(reboot)", "'/opt/$(reboot)'")]
    [InlineData("a\nb", "$'/opt/a\\012b'")]
    [InlineData("übel", "'/opt/übel'")]
    [InlineData("a\u202eb", "$'/opt/a\\342\\200\\256b'")]
    [InlineData("-rf", "/opt/-rf")]
    public async Task The_mending_line_is_safe_to_paste(string name, string word)
    {
        _host.Tree.AddFolder($"/opt/{name}", 0x1ff);
        _host.Tree.AddFile($"/opt/{name}/x", 0x1c0);

        var error = await _host.RefuseOnceAsync(GuardHost.Plan(pre: $"/opt/{name}/x"));

        Assert.Equal($"Run as root: chmod go-w {word}", error.RecommendedAction);
        Assert.Equal($"/opt/{name}", error.Path);
        Assert.DoesNotContain('\n', error.Message);
        Assert.DoesNotContain('\u202e', error.Message);
    }

    [Fact]
    public async Task Sticky_or_not_what_FUSE_of_somebody_else_serves_is_reported_once_for_each_script()
    {
        _host.Tree["/opt"].Facts = new FileSystemFacts(false, 7, false);
        _host.Tree["/opt"].Mode = 0x3ff;

        Assert.Equal([306, 307], (await _host.RefuseAsync()).Select(e => e.Number));
    }
}
