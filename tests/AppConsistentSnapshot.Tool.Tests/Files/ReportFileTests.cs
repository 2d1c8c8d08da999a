using AppConsistentSnapshot.Tool.Arguments;
using AppConsistentSnapshot.Tool.Files;
using AppConsistentSnapshot.Tool.Tests.Support;

namespace AppConsistentSnapshot.Tool.Tests.Files;

public sealed class ReportFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly UsageProblems _problems = new();

    public ReportFileTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "needs modes and links");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Writes_the_whole_for_its_owner_alone()
    {
        var file = Prepare(_folder.File("report.json"));

        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
        Assert.Null(file!.Write("{}\n"));
        Assert.Equal("{}\n", File.ReadAllText(_folder.File("report.json")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, ModeOf(_folder.File("report.json")));
        Assert.Single(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Replaces_an_old_report_and_its_mode()
    {
        File.WriteAllText(_folder.File("report.json"), "a much longer old report");

        Assert.Null(Prepare(_folder.File("report.json"))!.Write("{}"));

        Assert.Equal("{}", File.ReadAllText(_folder.File("report.json")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, ModeOf(_folder.File("report.json")));
    }

    [Fact]
    public void Follows_no_link()
    {
        File.WriteAllText(_folder.File("target"), "precious");
        _ = File.CreateSymbolicLink(_folder.File("report.json"), _folder.File("target"));

        Refuses(_folder.File("report.json"), "symbolic link");
        Assert.Equal("precious", File.ReadAllText(_folder.File("target")));
    }

    [Fact]
    public void Follows_no_dangling_link()
    {
        _ = File.CreateSymbolicLink(_folder.File("report.json"), _folder.File("nowhere"));

        Refuses(_folder.File("report.json"), "symbolic link");
    }

    [Fact]
    public void Replaces_no_link_that_appeared_during_the_run()
    {
        var file = Prepare(_folder.File("report.json"));
        _ = File.CreateSymbolicLink(_folder.File("report.json"), "/dev/null");

        Assert.Contains("changed during the run", file!.Write("{}"), StringComparison.Ordinal);
        Assert.Equal(_folder.File("report.json"), Assert.Single(Directory.EnumerateFileSystemEntries(_folder.Path)));
    }

    [Fact]
    public void Says_before_the_run_that_there_is_no_such_folder() => Refuses(_folder.File("missing/report.json"), "writable");

    [Fact]
    public void Refuses_a_folder() => Refuses(_folder.Path, "folder");

    [Fact]
    public void Refuses_a_path_that_ends_like_a_folder() => Refuses(_folder.File("new/"), "folder");

    [Fact]
    public void Never_puts_a_file_in_the_place_of_a_device()
    {
        Refuses("/dev/null", "no regular file");
        Assert.False(File.GetAttributes("/dev/null").HasFlag(FileAttributes.Directory));
    }

    [Fact]
    public void Refuses_an_option_that_was_taken_for_the_path() => Refuses("--json", "hyphen");

    [Fact]
    public void Reports_a_folder_that_went_away_during_the_run()
    {
        var inner = _folder.File("inner");
        _ = Directory.CreateDirectory(inner);
        var file = Prepare(Path.Combine(inner, "report.json"));
        Directory.Delete(inner);

        Assert.NotNull(file!.Write("{}"));
    }

    private static UnixFileMode ModeOf(string path) => OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(path);

    private ReportFile? Prepare(string path) => ReportFile.Prepare("--report", path, _problems);

    private void Refuses(string path, string reason)
    {
        Assert.Null(Prepare(path));
        var problem = Assert.Single(Assert.Throws<UsageException>(_problems.ThrowIfAny).Problems);
        Assert.Contains("--report", problem, StringComparison.Ordinal);
        Assert.Contains(path, problem, StringComparison.Ordinal);
        Assert.Contains(reason, problem, StringComparison.Ordinal);
    }
}
