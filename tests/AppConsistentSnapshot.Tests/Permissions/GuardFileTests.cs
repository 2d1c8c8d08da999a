using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Interop;
using AppConsistentSnapshot.Plans;

namespace AppConsistentSnapshot.Tests.Permissions;

public sealed class GuardFileTests
{
    private readonly GuardHost _host = new();

    [Fact]
    public async Task Accepts_what_only_root_can_touch_and_holds_it_until_it_is_disposed()
    {
        var plan = await _host.AcceptAsync();

        Assert.Equal(2, _host.Tree.OpenHandles);
        Assert.Null(plan.PreScript.CheckedCopyPath);
        Assert.Equal("/memory/0", plan.PostScript.CheckedCopyPath);
        plan.Dispose();
        plan.Dispose();
        _host.AssertNothingIsOpen();
        Assert.Null(plan.PostScript.CheckedCopyPath);
    }

    [Theory]
    [InlineData("777")]
    [InlineData("750")]
    [InlineData("710")]
    [InlineData("701")]
    [InlineData("740")]
    [InlineData("704")]
    [InlineData("755")]
    [InlineData("600")]
    [InlineData("500")]
    [InlineData("400")]
    [InlineData("0")]
    [InlineData("4700")]
    [InlineData("2700")]
    [InlineData("1700")]
    [InlineData("6755")]
    public async Task C46_Scripts_have_mode_0700_and_no_other(string octal)
    {
        var mode = Convert.ToInt32(octal, 8);
        _host.Tree[GuardHost.PrePath].Mode = mode;
        _host.Tree[GuardHost.PostPath].Mode = mode;

        var errors = await _host.RefuseAsync();

        Assert.Equal([306, 307], errors.Select(e => e.Number));
        Assert.Equal([GuardHost.PrePath, GuardHost.PostPath], errors.Select(e => e.Path), StringComparer.Ordinal);
        Assert.All(errors, e => Assert.Equal($"owner 0, mode {octal.PadLeft(4, '0')}", e.Found));
        Assert.All(errors, e => Assert.StartsWith("owner 0, mode 0700", e.Allowed, StringComparison.Ordinal));
        Assert.Equal("Run as root: chmod 0700 /opt/app/pre.sh", errors[0].RecommendedAction);
        Assert.Equal(["preScriptLocation", "postScriptLocation"], errors.Select(e => e.Field), StringComparer.Ordinal);
        Assert.All(errors, e => Assert.Equal(GuardHost.PlanPath, e.Subject));
    }

    [Theory]
    [InlineData(1000u)]
    [InlineData(65534u)]
    [InlineData(uint.MaxValue)]
    public async Task C47_Scripts_belong_to_root_whether_or_not_the_owner_has_a_name(uint owner)
    {
        _host.Tree[GuardHost.PrePath].Owner = owner;

        var error = await _host.RefuseOnceAsync();

        Assert.True(error.Is(ErrorCodes.InsufficientPermissionforPreScript));
        Assert.Equal($"owner {owner}, mode 0700", error.Found);
        Assert.Equal("Run as root: chown root /opt/app/pre.sh && chmod 0700 /opt/app/pre.sh", error.RecommendedAction);
    }

    [Theory]
    [InlineData("400")]
    [InlineData("200")]
    [InlineData("0")]
    [InlineData("700")]
    [InlineData("640")]
    [InlineData("604")]
    [InlineData("644")]
    [InlineData("610")]
    [InlineData("4600")]
    [InlineData("1600")]
    public async Task C52_A_plan_has_mode_0600_and_no_other(string octal)
    {
        _host.Tree[GuardHost.PlanPath].Mode = Convert.ToInt32(octal, 8);

        var error = await _host.RefuseOnceAsync();

        Assert.Equal(317, error.Number);
        Assert.Equal("Run as root: chmod 0600 /etc/azure/plan.json", error.RecommendedAction);
    }

    [Fact]
    public async Task C48_Reports_every_problem_at_once_plan_before_pre_before_post()
    {
        _host.Tree[GuardHost.PlanPath].Owner = 5;
        _host.Tree[GuardHost.PrePath].Mode = 0x1ff;
        _host.Tree["/opt"].Mode = 0x1ff;
        _host.Tree.Remove(GuardHost.PostPath);

        var errors = await _host.RefuseAsync();

        Assert.Equal(
            [(317, GuardHost.PlanPath), (306, GuardHost.PrePath), (306, "/opt"), (303, GuardHost.PostPath), (307, "/opt")],
            errors.Select(e => (e.Number, e.Path!)));
        var warning = Assert.Single(_host.Log.GetSnapshot());
        Assert.Contains("refused for 5 reasons", warning.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(GuardHost.PlanPath, 316)]
    [InlineData(GuardHost.PrePath, 302)]
    [InlineData(GuardHost.PostPath, 303)]
    public async Task Missing_files_are_not_found(string path, int number)
    {
        _host.Tree.Remove(path);

        var error = await _host.RefuseOnceAsync();

        Assert.Equal(number, error.Number);
        Assert.Equal("nothing", error.Found);
        Assert.Equal((int)Errno.ENOENT, error.Errno);
    }

    [Theory]
    [InlineData("Folder", "a folder")]
    [InlineData("Fifo", "a FIFO")]
    [InlineData("Socket", "a socket")]
    [InlineData("CharacterDevice", "a character device")]
    [InlineData("BlockDevice", "a block device")]
    public async Task C50_C53_What_is_no_regular_file_is_not_found_and_not_opened(string kind, string found)
    {
        foreach (var path in new[] { GuardHost.PlanPath, GuardHost.PrePath, GuardHost.PostPath })
        {
            _host.Tree.Remove(path);
            _host.Tree.Add(path, Enum.Parse<FileKind>(kind));
        }

        var opened = new List<string>();
        _host.Tree.OnCall = (call, path) => opened.AddRange(call == "reopen" ? [path] : Array.Empty<string>());

        var errors = (await _host.RefuseAsync()).Where(e => e.Found == found).ToList();

        Assert.Equal([316, 302, 303], errors.Select(e => e.Number));
        Assert.Empty(opened);
    }

    [Theory]
    [InlineData("")]
    [InlineData("pre.sh")]
    [InlineData("./pre.sh")]
    [InlineData("~/pre.sh")]
    [InlineData("/")]
    [InlineData("//")]
    [InlineData("/opt/app/")]
    [InlineData("/opt/app/pre.sh/")]
    [InlineData("/opt/app/pre.sh/.")]
    [InlineData("/opt/app/pre.sh/..")]
    [InlineData("/opt/app/pre.sh/x")]
    [InlineData("/opt/app/pre.sh\0")]
    [InlineData("/opt/app/pre.sh\0.txt")]
    [InlineData("/opt/app/\ud800")]
    [InlineData("/opt/app/PRE.SH")]
    [InlineData(" /opt/app/pre.sh")]
    public async Task Paths_that_lead_to_no_file_are_not_found(string path)
    {
        var error = await _host.RefuseOnceAsync(GuardHost.Plan(pre: path));

        Assert.Equal(302, error.Number);
    }

    [Theory]
    [InlineData(256, 1)]
    [InlineData(200, 30)]
    public async Task Paths_that_are_too_long_for_the_kernel_are_not_found(int length, int count)
    {
        var path = string.Concat(Enumerable.Repeat('/' + new string('a', length), count));

        Assert.Equal(302, (await _host.RefuseOnceAsync(GuardHost.Plan(pre: path))).Number);
    }

    [Theory]
    [InlineData("//opt///app//pre.sh")]
    [InlineData("/./opt/././app/pre.sh")]
    [InlineData("/opt/app/../app/pre.sh")]
    [InlineData("/../../opt/app/pre.sh")]
    [InlineData("/etc/azure/../../opt/app/pre.sh")]
    public async Task Dots_and_double_slashes_mean_what_they_mean_to_the_kernel(string path)
    {
        using var plan = await _host.AcceptAsync(GuardHost.Plan(pre: path));

        Assert.Equal(path, plan.PreScript.Command.Path);
        Assert.Null(plan.PreScript.Recheck());
    }

    [Fact]
    public async Task Folders_that_dots_lead_through_are_checked_too()
    {
        _host.Tree.AddFolder("/srv", 0x1ff);

        var error = await _host.RefuseOnceAsync(GuardHost.Plan(pre: "/srv/../opt/app/pre.sh"));

        Assert.Equal("/srv", error.Path);
    }

    [Fact]
    public async Task A_plan_made_in_code_has_no_file_to_check()
    {
        _host.Tree.Remove(GuardHost.PlanPath);
        var plan = new ScriptPlan
        {
            PreScript = new ScriptCommand { Path = GuardHost.PrePath },
            PostScript = new ScriptCommand { Path = GuardHost.PostPath },
        };

        using var verified = await _host.AcceptAsync(plan);

        Assert.Same(plan, verified.Plan);
    }

    [Fact]
    public async Task The_expected_owner_is_an_option_and_copied()
    {
        _host.Options.Owner = 1000;
        foreach (var path in new[] { GuardHost.PlanPath, GuardHost.PrePath, GuardHost.PostPath, "/opt/app" })
        {
            _host.Tree[path].Owner = 1000;
        }

        var guard = _host.Guard;
        _host.Options.Owner = 0;
        var result = await guard.VerifyAsync(GuardHost.Plan(), TestContext.Current.CancellationToken);
        result.Plan?.Dispose();

        Assert.Empty(result.Errors);
        _host.Options.Owner = 1001;
        Assert.Contains(await _host.RefuseAsync(), e => e.RecommendedAction.StartsWith("Run as root: chown 1001 ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("open")]
    [InlineData("stat")]
    [InlineData("acl")]
    [InlineData("statfs")]
    public async Task What_cannot_be_looked_at_is_not_trusted(string call)
    {
        foreach (var path in new[] { "/opt/app", GuardHost.PrePath })
        {
            _host.Tree.Errors[(call, path)] = Errno.EACCES;
            var errors = await _host.RefuseAsync();

            Assert.Contains(errors, e => e.Is(ErrorCodes.InsufficientPermissionforPreScript) && e.Path == path && e.Errno == (int)Errno.EACCES);
            _host.Tree.Errors.Clear();
        }
    }

    [Fact]
    public async Task Says_so_when_even_the_root_folder_cannot_be_opened()
    {
        _host.Tree.Errors[("open", "/")] = Errno.EMFILE;

        var errors = await _host.RefuseAsync();

        Assert.Equal([317, 306, 307], errors.Select(e => e.Number));
        Assert.All(errors, e => Assert.Contains("EMFILE", e.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_is_executed_on_a_file_system_mounted_noexec()
    {
        _host.Tree[GuardHost.PrePath].Facts = new FileSystemFacts(NoExec: true, null, false);
        _host.Tree[GuardHost.PlanPath].Facts = new FileSystemFacts(NoExec: true, null, false);

        var error = await _host.RefuseOnceAsync();

        Assert.Equal(306, error.Number);
        Assert.Equal("noexec", error.Found);
        Assert.Contains("mount -o remount,exec", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0u, true)]
    [InlineData(1000u, false)]
    public async Task What_a_FUSE_program_of_somebody_else_says_is_worth_nothing(uint owner, bool accepted)
    {
        foreach (var path in new[] { "/opt/app", GuardHost.PrePath, GuardHost.PostPath })
        {
            _host.Tree[path].Facts = new FileSystemFacts(false, owner, false);
        }

        var result = await _host.VerifyAsync();
        result.Plan?.Dispose();

        Assert.Equal(accepted, result.Plan is not null);
        Assert.All(result.Errors, e => Assert.Equal("FUSE, user_id=1000", e.Found));
    }
}
