using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using System.Text;
using AppConsistentSnapshot.IntegrationTests.Support;
using AppConsistentSnapshot.Interop;
using AppConsistentSnapshot.Interop.Linux;

namespace AppConsistentSnapshot.IntegrationTests.Recovery;

/// <summary>Real folders, real locks, real processes.</summary>
[SupportedOSPlatform("linux")]
public sealed class JournalFolderTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("acs-journal-").FullName;
    private readonly LinuxJournalFolders _folders = new();

    public JournalFolderTests() => Requires.Root();

    private string Folder => Path.Combine(_root, "a", "acsnap");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void A_folder_is_made_for_its_owner_alone_and_files_too()
    {
        using var folder = Open();
        Assert.Equal(Errno.None, folder.Create("x.run.jsonl", 4096, out var file));
        using (file)
        {
            Assert.Equal(Errno.None, file!.Append("one\n"u8, durable: true));
            Assert.Equal(Errno.None, file.Append("two\n"u8, durable: true));
        }

        Assert.Equal("700", Shell.Run("stat", "-c", "%a", Folder).Trim());
        Assert.Equal("600", Shell.Run("stat", "-c", "%a", Folder + "/x.run.jsonl").Trim());
        Assert.Equal(Errno.None, folder.Read("x.run.jsonl", out var content));
        Assert.Equal("one\ntwo\n", Encoding.UTF8.GetString(content));
        Assert.Equal(Errno.EEXIST, folder.Create("x.run.jsonl", 4096, out _));
        Assert.Equal(Errno.None, folder.Remove("x.run.jsonl"));
        Assert.Equal(Errno.ENOENT, folder.Read("x.run.jsonl", out _));
    }

    [Fact]
    public void What_is_not_there_is_no_problem_where_it_is_not_to_be_made()
    {
        Assert.Null(_folders.Open(Folder, create: false, out var problem));
        Assert.Null(problem);
    }

    [Theory]
    [InlineData("755", "chmod 700")]
    [InlineData("720", "chmod 700")]
    public void A_folder_that_others_can_reach_is_refused_with_the_command_that_mends_it(string mode, string remedy)
    {
        Directory.CreateDirectory(Folder);
        Shell.Run("chmod", mode, Folder);

        Assert.Null(_folders.Open(Folder, create: true, out var problem));
        Assert.Contains(remedy, problem, StringComparison.Ordinal);
        Assert.Contains(Folder, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_of_somebody_else_is_refused()
    {
        Directory.CreateDirectory(Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Shell.Run("chown", "12345", Folder);

        Assert.Null(_folders.Open(Folder, create: true, out var problem));
        Assert.Contains("12345", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_is_not_followed()
    {
        using (Open())
        {
            Directory.CreateSymbolicLink(_root + "/link", Folder);
        }

        Assert.Null(_folders.Open(_root + "/link", create: true, out var problem));
        Assert.Contains("symbolic link", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_in_the_place_of_a_file_is_not_followed()
    {
        using var folder = Open();
        File.WriteAllText(_root + "/victim", "untouched");
        File.CreateSymbolicLink(Folder + "/lock", _root + "/victim");

        Assert.Equal(Errno.ELOOP, folder.Lock("lock", out _));
        Assert.Equal("untouched", File.ReadAllText(_root + "/victim"));
    }

    [Fact]
    public void Memory_is_told_from_disks()
    {
        using var tmpfs = new TmpfsMount("size=1m");
        using var inMemory = _folders.Open(tmpfs.Path + "/acsnap", create: true, out _);
        using var loop = LoopFileSystem.Create("ext4", megabytes: 16);
        using var onDisk = _folders.Open(loop.MountPoint + "/acsnap", create: true, out _);

        Assert.True(inMemory!.IsInMemory);
        Assert.False(onDisk!.IsInMemory);
    }

    [Fact]
    public void Room_is_reserved_so_that_a_disk_that_fills_up_later_does_no_harm()
    {
        using var tmpfs = new TmpfsMount("size=512k");
        using var folder = _folders.Open(tmpfs.Path + "/acsnap", create: true, out _)!;
        Assert.Equal(Errno.None, folder.Create("first", 256 * 1024, out var file));
        using (file)
        {
            Assert.Equal(Errno.ENOSPC, folder.Create("second", 512 * 1024, out _));
            Shell.Try("sh", "-c", $"cat /dev/zero > {tmpfs.Path}/filler");
            Assert.Equal(Errno.None, file!.Append(new byte[100 * 1024], durable: true));
        }

        Assert.False(File.Exists(tmpfs.Path + "/acsnap/second"));
    }

    [Fact]
    public void A_read_only_file_system_says_so()
    {
        using var tmpfs = new TmpfsMount("size=64k,ro");

        Assert.Null(_folders.Open(tmpfs.Path + "/acsnap", create: true, out var problem));
        Assert.Contains("EROFS", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_process_that_holds_the_lock_keeps_us_out_until_it_is_killed()
    {
        Requires.Tool("flock");
        using var folder = Open();
        File.WriteAllText(Folder + "/lock", "");
        using var other = Start("flock", Folder + "/lock", "sh", "-c", "echo locked; exec sleep 60");
        Assert.Equal("locked", other.StandardOutput.ReadLine());

        Assert.Equal(Errno.EAGAIN, folder.Lock("lock", out _));
        other.Kill(entireProcessTree: true);
        other.WaitForExit();
        IFileLock? held = null;
        Assert.True(SpinWait.SpinUntil(() => folder.Lock("lock", out held) == Errno.None, TimeSpan.FromSeconds(10)));
        held!.Dispose();
    }

    [Fact]
    public void Two_locks_in_one_process_exclude_each_other_too()
    {
        using var folder = Open();
        Assert.Equal(Errno.None, folder.Lock("lock", out var first));
        Assert.Equal(Errno.EAGAIN, folder.Lock("lock", out _));
        first!.Dispose();
        Assert.Equal(Errno.None, folder.Lock("lock", out var second));
        second!.Dispose();
    }

    [Fact]
    public void A_process_is_known_by_its_start_and_not_by_its_number_alone()
    {
        var table = new LinuxProcessTable();
        using var other = Start("sleep", "60");
        var text = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{other.Id}/stat"));
        var identity = new ProcessIdentity(other.Id, LinuxProcessTable.Parse(other.Id, text)!.Value.StartTicks);

        Assert.True(table.IsAlive(table.Self));
        Assert.True(table.IsAlive(identity));
        Assert.False(table.IsAlive(identity with { StartTicks = identity.StartTicks + 1 }));
        other.Kill();
        other.WaitForExit();
        Assert.True(SpinWait.SpinUntil(() => !table.IsAlive(identity), TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public void A_process_is_found_by_all_of_its_marks_and_ended_by_them()
    {
        var table = new LinuxProcessTable();
        var mark = $"ACS_RUN_ID={Guid.NewGuid()}";
        using var other = Start("env", mark, "ACS_PHASE=pre", "sleep", "60");
        Assert.True(SpinWait.SpinUntil(() => table.FindMarked([mark, "ACS_PHASE=pre"]).SequenceEqual([other.Id]), TimeSpan.FromSeconds(10)));
        Assert.Empty(table.FindMarked([mark, "ACS_PHASE=post"]));

        table.SignalMarked([mark, "ACS_PHASE=pre"], ProcessSignal.Kill);
        Assert.True(other.WaitForExit(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public void A_file_that_is_open_for_writing_is_found_and_one_for_reading_is_not()
    {
        var files = new LinuxProcessFiles();
        using var written = new FileStream(_root + "/written", FileMode.Create, FileAccess.Write);
        File.WriteAllText(_root + "/read", "");
        using var read = new FileStream(_root + "/read", FileMode.Open, FileAccess.Read);
        var found = files.FindWritten().Select(static file => file.Path).ToList();

        Assert.Contains(_root + "/written", found);
        Assert.DoesNotContain(_root + "/read", found);
        Assert.Equal(Environment.CurrentDirectory, files.WorkingDirectory);
    }

    private static Process Start(string program, params string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        UseShellExecute = false,
        RedirectStandardOutput = true,
    })!;

    private IJournalFolder Open() => _folders.Open(Folder, create: true, out var problem) ?? throw new InvalidOperationException(problem);
}
