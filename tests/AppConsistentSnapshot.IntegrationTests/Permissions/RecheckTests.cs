using System.Runtime.Versioning;

namespace AppConsistentSnapshot.IntegrationTests.Permissions;

[SupportedOSPlatform("linux")]
public sealed class RecheckTests
{
    [Theory]
    [InlineData("cp -p post.sh new && mv new post.sh", "inode")]
    [InlineData("cp -p post.sh x && sed -i s/echo/exec/ x && chmod 700 x && touch -r post.sh x && cat x > post.sh && touch -r x post.sh", "another change time")]
    [InlineData("echo >> post.sh", "bytes instead of")]
    [InlineData("cp -p post.sh new && ln -f new post.sh", "inode")]
    [InlineData("ln post.sh other", "another change time")]
    [InlineData("mv post.sh x && mv x post.sh", "another change time")]
    [InlineData("chmod 777 post.sh && chmod 700 post.sh", "another change time")]
    [InlineData("chmod 777 post.sh", "mode 0777")]
    [InlineData("rm post.sh", "nothing")]
    [InlineData("rm post.sh && mkfifo post.sh", "a FIFO")]
    [InlineData("mv post.sh x && ln -s x post.sh", "a symbolic link")]
    [InlineData("chmod 777 .", "mode 0777")]
    public async Task C67_A_change_after_the_check_is_noticed_and_the_checked_copy_still_runs(string change, string found)
    {
        using var folder = GuardFolder.Create();
        using var plan = await folder.AcceptAsync();
        Assert.Null(plan.PostScript.Recheck());

        folder.Run(change);

        var error = plan.PostScript.Recheck();
        Assert.NotNull(error);
        Assert.Contains(found, error.Found, StringComparison.Ordinal);
        Assert.Contains(error.Number, new[] { 303, 307 });
        Assert.Equal($"{plan.PostScript.CheckedCopyPath}|a b\n", CheckedCopyTests.Execute(plan, "a b"));
    }

    [Theory]
    [InlineData("cat post.sh > /dev/null")]
    [InlineData("./post.sh")]
    [InlineData("touch unrelated")]
    [InlineData("ls -la && getfacl post.sh || true")]
    public async Task Reading_and_executing_is_no_change(string line)
    {
        using var folder = GuardFolder.Create();
        using var plan = await folder.AcceptAsync();

        folder.Run(line);

        Assert.Null(plan.PreScript.Recheck());
        Assert.Null(plan.PostScript.Recheck());
    }
}
