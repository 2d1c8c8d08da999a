using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Tests.Permissions;

public sealed class GuardLinkTests
{
    private readonly GuardHost _host = new();

    [Theory]
    [InlineData("/opt/app")]
    [InlineData("opt/app")]
    [InlineData("./etc/../opt//app/")]
    [InlineData("../../opt/app")]
    public async Task A_link_of_roots_is_allowed_for_a_folder(string target)
    {
        _host.Tree.AddLink("/link", target);

        using var plan = await _host.AcceptAsync(GuardHost.Plan(pre: "/link/pre.sh"));

        Assert.Null(plan.PreScript.Recheck());
    }

    [Fact]
    public async Task Every_component_that_a_link_leads_through_is_checked()
    {
        _host.Tree.AddFolder("/srv", owner: 1000);
        _host.Tree.AddLink("/srv/app", "/opt/app");
        _host.Tree.AddLink("/link", "srv/app");

        var error = await _host.RefuseOnceAsync(GuardHost.Plan(pre: "/link/pre.sh"));

        Assert.Equal((306, "/srv"), (error.Number, error.Path!));
    }

    [Fact]
    public async Task Parent_of_a_link_is_the_parent_of_what_it_leads_to()
    {
        _host.Tree.AddFolder("/opt/app/bin");
        _host.Tree.AddLink("/bin", "/opt/app/bin");

        using var plan = await _host.AcceptAsync(GuardHost.Plan(pre: "/bin/../pre.sh"));

        Assert.Null(plan.PreScript.Recheck());
    }

    [Fact]
    public async Task C49_A_link_at_the_end_is_refused_wherever_it_leads()
    {
        _host.Tree.AddLink("/opt/app/last-pre", "pre.sh");
        _host.Tree.AddLink("/opt/app/last-post", "/opt/app/last-pre");
        _host.Tree.AddFile("/etc/azure/real.json", 0x180, GuardHost.PlanContent);
        _host.Tree.Remove(GuardHost.PlanPath);
        _host.Tree.AddLink(GuardHost.PlanPath, "real.json");

        var errors = await _host.RefuseAsync(GuardHost.Plan("/opt/app/last-pre", "/opt/app/last-post"));

        Assert.Equal([317, 306, 307], errors.Select(e => e.Number));
        Assert.All(errors, e => Assert.Equal("a symbolic link", e.Found));
        Assert.Contains("'pre.sh'", errors[1].Message, StringComparison.Ordinal);
        Assert.EndsWith("cp --remove-destination \"$(readlink -f /opt/app/last-pre)\" /opt/app/last-pre", errors[1].RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/opt/app")]
    [InlineData("/fifo")]
    public async Task A_link_at_the_end_is_refused_as_such_also_to_what_is_no_file(string target)
    {
        _host.Tree.Add("/fifo", FileKind.Fifo);
        _host.Tree.AddLink("/opt/app/last", target);

        Assert.Equal(306, (await _host.RefuseOnceAsync(GuardHost.Plan(pre: "/opt/app/last"))).Number);
    }

    [Theory]
    [InlineData("nowhere")]
    [InlineData("last")]
    [InlineData("/opt/app/pre.sh/x")]
    [InlineData("/gone/pre.sh")]
    [InlineData("other")]
    public async Task C50_A_link_that_leads_to_nothing_is_not_found(string target)
    {
        _host.Tree.AddLink("/opt/app/last", target);
        _host.Tree.AddLink("/opt/app/other", "last");

        var error = await _host.RefuseOnceAsync(GuardHost.Plan(pre: "/opt/app/last"));

        Assert.Equal(302, error.Number);
        Assert.Equal("/opt/app/last", error.Path);
        Assert.Equal("a symbolic link that leads to nothing", error.Found);
    }

    [Fact]
    public async Task A_loop_of_links_ends()
    {
        _host.Tree.AddLink("/a", "/b");
        _host.Tree.AddLink("/b", "a/../a");

        var error = await _host.RefuseOnceAsync(GuardHost.Plan(pre: "/a/pre.sh"));

        Assert.Equal((302, (int)Errno.ELOOP), (error.Number, error.Errno));
    }

    [Theory]
    [InlineData(40, true)]
    [InlineData(41, false)]
    public async Task As_many_links_are_followed_as_the_kernel_follows(int count, bool accepted)
    {
        _host.Tree.AddLink("/l1", "/opt/app");
        for (var i = 2; i <= count; i++)
        {
            _host.Tree.AddLink($"/l{i}", $"l{i - 1}");
        }

        var result = await _host.VerifyAsync(GuardHost.Plan(pre: $"/l{count}/pre.sh"));
        result.Plan?.Dispose();

        Assert.Equal(accepted, result.Plan is not null);
        _host.AssertNothingIsOpen();
    }

    [Theory]
    [InlineData("/proc/self/pre.sh")]
    [InlineData("/proc/self")]
    public async Task Links_of_proc_are_refused_for_they_lead_elsewhere_for_each_process(string path)
    {
        _host.Tree.AddFolder("/proc");
        _host.Tree.AddLink("/proc/self", "/opt/app").Facts = new FileSystemFacts(false, null, IsProc: true);

        var error = await _host.RefuseOnceAsync(GuardHost.Plan(pre: path));

        Assert.Equal((306, "a link of /proc"), (error.Number, error.Found));
    }

    [Fact]
    public async Task A_link_that_cannot_be_read_is_not_trusted()
    {
        _host.Tree.AddLink("/link", "/opt/app");
        _host.Tree.Errors[("readlink", "/link")] = Errno.EIO;

        var error = await _host.RefuseOnceAsync(GuardHost.Plan(pre: "/link/pre.sh"));

        Assert.Equal((306, (int)Errno.EIO), (error.Number, error.Errno));
    }
}
