using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Tests.Permissions;

public sealed class GuardAclTests
{
    private readonly GuardHost _host = new();

    [Fact]
    public async Task A_named_entry_on_a_script_counts_and_shows_in_the_mode_as_the_mask()
    {
        _host.Tree[GuardHost.PrePath].Acl = Acl.WithMask(Acl.User, 4, 1001, mask: 4);
        _host.Tree[GuardHost.PrePath].Mode = 0x1e0;

        var error = await _host.RefuseOnceAsync();

        Assert.Equal("owner 0, mode 0740, ACL user:1001:r--", error.Found);
        Assert.Equal("Run as root: setfacl -b /opt/app/pre.sh && chmod 0700 /opt/app/pre.sh", error.RecommendedAction);
    }

    [Theory]
    [InlineData(Acl.User)]
    [InlineData(Acl.Group)]
    public async Task A_grant_counts_also_where_the_file_system_does_not_show_the_mask_in_the_mode(int tag)
    {
        _host.Tree[GuardHost.PlanPath].Acl = Acl.WithMask(tag, 4, 1001, mask: 7);

        var error = await _host.RefuseOnceAsync();

        Assert.Equal(317, error.Number);
        Assert.Contains("setfacl -b", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_that_the_mask_takes_everything_from_grants_nothing()
    {
        _host.Tree[GuardHost.PrePath].Acl = Acl.WithMask(Acl.User, 7, 1001, mask: 0);
        _host.Tree["/opt/app"].Acl = Acl.WithMask(Acl.Group, 7, 50, mask: 5);

        using var plan = await _host.AcceptAsync();

        Assert.Null(plan.PreScript.Recheck());
    }

    [Fact]
    public async Task A_folder_that_an_ACL_lets_somebody_read_is_fine_one_that_it_lets_somebody_write_is_not()
    {
        _host.Tree["/opt"].Acl = Acl.WithMask(Acl.User, 5, 1001, mask: 5, groupObject: 5);
        _host.Tree["/opt/app"].Acl = Acl.WithMask(Acl.User, 2, 1001, mask: 7, groupObject: 5);
        _host.Tree["/opt/app"].Mode = 0x1fd;

        var errors = await _host.RefuseAsync();

        Assert.Equal(["/opt/app", "/opt/app"], errors.Select(e => e.Path), StringComparer.Ordinal);
        Assert.Equal("owner 0, mode 0775, ACL user:1001:-w-", errors[0].Found);
        Assert.Equal("Run as root: setfacl -b /opt/app && chmod go-w /opt/app", errors[0].RecommendedAction);
    }

    [Fact]
    public async Task A_mask_that_lets_write_is_harmless_where_no_entry_uses_it()
    {
        _host.Tree["/opt/app"].Acl = Acl.WithMask(Acl.User, 5, 1001, mask: 7, groupObject: 5);
        _host.Tree["/opt/app"].Mode = 0x1fd;

        using var plan = await _host.AcceptAsync();

        Assert.Null(plan.PreScript.Recheck());
    }

    [Fact]
    public async Task The_owning_groups_entry_counts_for_a_folder()
    {
        _host.Tree["/opt/app"].Acl = Acl.WithMask(Acl.User, 5, 1001, mask: 7, groupObject: 7);
        _host.Tree["/opt/app"].Mode = 0x1fd;

        Assert.Equal([306, 307], (await _host.RefuseAsync()).Select(e => e.Number));
    }

    [Fact]
    public async Task What_is_granted_to_root_by_name_is_harmless_and_to_the_group_root_is_not()
    {
        _host.Tree["/opt"].Acl = Acl.WithMask(Acl.User, 7, 0, mask: 7);
        using (await _host.AcceptAsync())
        {
            Assert.NotEqual(0, _host.Tree.OpenHandles);
        }

        _host.Tree["/opt"].Acl = Acl.WithMask(Acl.Group, 7, 0, mask: 7);
        Assert.Contains("group:0:rwx", (await _host.RefuseAsync())[0].Found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sticky_protects_from_those_that_an_ACL_lets_write_too()
    {
        _host.Tree["/opt/app"].Acl = Acl.WithMask(Acl.User, 7, 1001, mask: 7);
        _host.Tree["/opt/app"].Mode = 0x3f9;

        using var plan = await _host.AcceptAsync();

        Assert.Null(plan.PreScript.Recheck());
    }

    [Theory]
    [InlineData("00")]
    [InlineData("01000000")]
    [InlineData("0200000001")]
    [InlineData("020000000300070000000000")]
    [InlineData("020000000100080000000000")]
    public async Task An_ACL_that_cannot_be_understood_is_not_trusted(string bytes)
    {
        _host.Tree["/opt/app"].Acl = Convert.FromHexString(bytes);

        var errors = await _host.RefuseAsync();

        Assert.Equal([306, 307], errors.Select(e => e.Number));
        Assert.All(errors, e => Assert.Equal((int)Errno.EINVAL, e.Errno));
    }
}
