using System.Text;
using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Interop;
using AppConsistentSnapshot.Plans;

namespace AppConsistentSnapshot.Tests.Permissions;

public sealed class GuardContentTests
{
    private readonly GuardHost _host = new();

    [Fact]
    public async Task A_plan_changed_between_load_and_check_is_refused()
    {
        _host.Tree.Change(GuardHost.PlanPath, n => n.Content = "[]"u8.ToArray());

        var error = await _host.RefuseOnceAsync();

        Assert.Equal(317, error.Number);
        Assert.Contains("was changed between being loaded and being checked", error.Message, StringComparison.Ordinal);
        Assert.Equal($"SHA-256 {GuardHost.Sha256}", error.Allowed);
    }

    [Fact]
    public async Task Mode_and_content_of_a_plan_are_both_reported()
    {
        _host.Tree.Change(GuardHost.PlanPath, n => (n.Content, n.Mode) = ("[]"u8.ToArray(), 0x1b6));

        Assert.Equal([317, 317], (await _host.RefuseAsync()).Select(e => e.Number));
    }

    [Fact]
    public async Task A_plan_that_names_its_file_but_no_hash_cannot_be_verified()
    {
        var plan = new ScriptPlan
        {
            Path = GuardHost.PlanPath,
            PreScript = new ScriptCommand { Path = GuardHost.PrePath },
            PostScript = new ScriptCommand { Path = GuardHost.PostPath },
        };

        Assert.Contains("no SHA-256", (await _host.RefuseOnceAsync(plan)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(GuardHost.PlanPath, 317)]
    [InlineData(GuardHost.PostPath, 307)]
    public async Task A_file_that_changes_while_it_is_read_is_refused(string path, int number)
    {
        _host.Tree.OnCall = (call, at) =>
        {
            if (call == "read" && at == path)
            {
                _host.Tree.OnCall = null;
                _host.Tree.Change(path, n => n.Mode = 0x1ff);
                _host.Tree.Change(path, n => n.Mode = path == GuardHost.PlanPath ? 0x180 : 0x1c0);
            }
        };

        var error = await _host.RefuseOnceAsync();

        Assert.Equal(number, error.Number);
        Assert.Equal("another change time", error.Found);
    }

    [Fact]
    public async Task A_file_that_reads_shorter_than_it_says_is_refused()
    {
        _host.Tree[GuardHost.PostPath].Size = 5;

        Assert.Equal(307, (await _host.RefuseOnceAsync()).Number);
    }

    [Theory]
    [InlineData("reopen")]
    [InlineData("read")]
    public async Task A_file_that_cannot_be_read_is_refused(string call)
    {
        _host.Tree.Errors[(call, GuardHost.PostPath)] = Errno.EIO;
        _host.Tree.Errors[(call, GuardHost.PlanPath)] = Errno.EACCES;

        var errors = await _host.RefuseAsync();

        Assert.Equal([(317, 13), (307, 5)], errors.Select(e => (e.Number, e.Errno!.Value)));
    }

    [Fact]
    public async Task The_copy_holds_the_checked_content_and_is_sealed()
    {
        var content = string.Concat(Enumerable.Repeat("echo 0123456789\n", 20_000));
        _host.Tree.Remove(GuardHost.PostPath);
        _host.Tree.AddFile(GuardHost.PostPath, 0x1c0, content);

        using var plan = await _host.AcceptAsync();

        var copy = Assert.Single(_host.Memory.Files);
        Assert.True(copy.IsSealed);
        Assert.Equal(content, Encoding.UTF8.GetString([.. copy.Content]));
    }

    [Fact]
    public async Task A_script_too_large_to_keep_a_copy_of_is_refused_and_not_even_read()
    {
        _host.Tree[GuardHost.PostPath].Size = (64 * 1024 * 1024) + 1;
        _host.Tree.OnCall = static (call, path) => Assert.False(call == "read" && path == GuardHost.PostPath);

        var error = await _host.RefuseOnceAsync();

        Assert.Equal(307, error.Number);
        Assert.Equal("67108865", error.Found);
    }

    [Theory]
    [InlineData("create")]
    [InlineData("append")]
    [InlineData("seal")]
    public async Task Where_no_copy_can_be_kept_the_plan_is_fine_with_a_warning(string call)
    {
        (call switch
        {
            "create" => (Action)(() => _host.Memory.CreateError = Errno.EACCES),
            "append" => () => _host.Memory.AppendError = Errno.EACCES,
            _ => () => _host.Memory.SealError = Errno.EACCES,
        })();

        var result = await _host.VerifyAsync();

        Assert.Null(result.Plan!.PostScript.CheckedCopyPath);
        Assert.Empty(result.Errors);
        var warning = Assert.Single(result.Warnings);
        Assert.True(warning.Is(ErrorCodes.CheckedCopyUnavailable));
        Assert.Equal(((int)Errno.EACCES, GuardHost.PostPath, GuardHost.PlanPath), (warning.Errno, warning.Path, warning.Subject));
        result.Plan.Dispose();
        _host.AssertNothingIsOpen();
    }

    [Theory]
    [InlineData("644", true)]
    [InlineData("600", true)]
    [InlineData("640", true)]
    [InlineData("444", true)]
    [InlineData("744", true)]
    [InlineData("666", false)]
    [InlineData("755", false)]
    [InlineData("664", false)]
    [InlineData("646", false)]
    [InlineData("654", false)]
    [InlineData("645", false)]
    public async Task C54_A_host_configuration_is_not_writable_or_executable_by_others(string mode, bool accepted)
    {
        _host.Tree[GuardHost.HostPath].Mode = Convert.ToInt32(mode, 8);

        var errors = await VerifyHostAsync();

        Assert.Equal(accepted ? [] : [314], errors.Select(e => e.Number));
        Assert.All(errors, e => Assert.Equal("Run as root: chmod go-wx /etc/azure/host.conf", e.RecommendedAction));
    }

    [Fact]
    public async Task A_host_configuration_belongs_to_root_lies_in_roots_folders_and_is_what_was_loaded()
    {
        _host.Tree.Change(GuardHost.HostPath, n => (n.Owner, n.Content) = (1000, "x"u8.ToArray()));
        _host.Tree["/etc/azure"].Mode = 0x1ff;

        var errors = await VerifyHostAsync();

        Assert.Equal([314, 314, 314], errors.Select(e => e.Number));
        Assert.Equal([GuardHost.HostPath, "/etc/azure", GuardHost.HostPath], errors.Select(e => e.Path), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_host_configuration_that_an_ACL_lets_read_is_fine_and_one_that_it_lets_write_is_not()
    {
        _host.Tree[GuardHost.HostPath].Acl = Acl.WithMask(Acl.User, 4, 1001, mask: 6, groupObject: 4);
        _host.Tree[GuardHost.HostPath].Mode = 0x1b4;
        Assert.Empty(await VerifyHostAsync());

        _host.Tree[GuardHost.HostPath].Acl = Acl.WithMask(Acl.User, 6, 1001, mask: 6, groupObject: 4);
        Assert.Contains("user:1001:rw-", Assert.Single(await VerifyHostAsync()).Found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_configuration_that_is_not_there_is_not_found()
    {
        _host.Tree.Remove(GuardHost.HostPath);

        Assert.Equal(313, Assert.Single(await VerifyHostAsync()).Number);
    }

    private async Task<IReadOnlyList<SnapshotError>> VerifyHostAsync()
    {
        var configuration = new HostConfiguration { Path = GuardHost.HostPath, Sha256 = GuardHost.Sha256, Plugins = [] };
        var errors = await _host.Guard.VerifyHostConfigurationAsync(configuration, TestContext.Current.CancellationToken);
        _host.AssertNothingIsOpen();
        return errors;
    }
}
