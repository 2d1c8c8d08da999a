using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Text;
using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Interop;
using AppConsistentSnapshot.Interop.Linux;
using AppConsistentSnapshot.Plans;
using Microsoft.Extensions.Logging.Abstractions;
using Tmds.Linux;

namespace AppConsistentSnapshot.Tests.Plans;

/// <summary>Real files (C53): nothing but a regular file is read, and nothing else is ever waited for.</summary>
[SupportedOSPlatform("linux")]
public sealed class LinuxConfigurationFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("acsnap-plans-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Loads_a_plan_from_a_real_file()
    {
        var path = Write("plan.json", Load.Text());

        var result = await Loader().LoadAsync(path, Token);

        Assert.Empty(result.Errors);
        Assert.Equal(path, result.Plan?.Path);
    }

    [Fact]
    public async Task Follows_a_link_and_leaves_it_to_the_guard_to_refuse_it()
    {
        var target = Write("plan.json", Load.Text("\"continueBackupOnFailure\": false"));
        var link = PathOf("link.json");
        File.CreateSymbolicLink(link, target);

        Assert.False((await Loader().LoadAsync(link, Token)).Plan?.ContinueBackupOnFailure);
    }

    [Fact]
    public async Task Finds_nothing_where_nothing_is()
    {
        File.CreateSymbolicLink(PathOf("dangling"), PathOf("gone"));
        File.CreateSymbolicLink(PathOf("circle"), PathOf("circle"));
        Write("file", "x");

        foreach (var path in new[] { PathOf("absent"), PathOf("dangling"), PathOf("circle"), PathOf("file/below"), PathOf(new string('x', 300)), "/" + new string('x', 5000) })
        {
            var error = Assert.Single((await Loader().LoadAsync(path, Token)).Errors);
            Assert.True(error.Is(ErrorCodes.PlanNotFound), path);
            Assert.NotNull(error.Errno);
        }
    }

    [Fact]
    public async Task Reads_neither_folders_nor_pipes_nor_sockets_nor_devices()
    {
        Pipe(PathOf("pipe"));
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(PathOf("socket")));
        File.CreateSymbolicLink(PathOf("link-to-pipe"), PathOf("pipe"));

        foreach (var (path, kind) in new[]
        {
            (_folder.FullName, "a folder"), (PathOf("pipe"), "a named pipe"), (PathOf("link-to-pipe"), "a named pipe"), (PathOf("socket"), "a socket"), ("/dev/zero", "a device"),
        })
        {
            var plan = Assert.Single((await Loader().LoadAsync(path, Token)).Errors);
            var host = Assert.Single((await Loader().LoadHostConfigurationAsync(path, Token)).Errors);
            Assert.Equal((ErrorCodes.PlanNotFound.Number, ErrorCodes.HostConfigurationNotFound.Number), (plan.Number, host.Number));
            Assert.Contains(kind, plan.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Reads_no_more_than_the_limit()
    {
        var path = Write("huge", new string('x', 100_000));

        var cut = Create().Read(path, 99_999);

        Assert.Equal((ConfigurationFileStatus.TooLarge, 99_999), (cut.Status, cut.Bytes.Length));
        Assert.Equal(ConfigurationFileStatus.Read, Create().Read(path, 100_000).Status);
    }

    [Fact]
    public void Reads_a_sparse_file_of_a_terabyte_as_far_as_the_limit()
    {
        using (var file = File.Create(PathOf("sparse")))
        {
            file.SetLength(1L << 40);
        }

        Assert.Equal(ConfigurationFileStatus.TooLarge, Create().Read(PathOf("sparse"), PlanFile.Limit).Status);
    }

    [Fact]
    public void Reads_a_file_whose_size_the_kernel_does_not_tell() =>
        Assert.StartsWith("Name:", Encoding.UTF8.GetString(Create().Read("/proc/self/status", PlanFile.Limit).Bytes.Span), StringComparison.Ordinal);

    [Fact]
    public async Task Says_that_a_read_failed()
    {
        // The first page of a process is not mapped, so reading its memory from 0 is EIO (proc_pid_mem(5)).
        var error = Assert.Single((await Loader().LoadAsync("/proc/self/mem", Token)).Errors);

        Assert.True(error.Is(ErrorCodes.IncorrectJSONConfigFile));
        Assert.Equal((int)Errno.EIO, error.Errno);
    }

    private static LinuxConfigurationFile Create()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs Linux");
        return new();
    }

    private static ScriptPlanLoader Loader() => new(Create(), NullLogger<ScriptPlanLoader>.Instance);

    private static unsafe void Pipe(string path)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs Linux");
        fixed (byte* pointer = Encoding.UTF8.GetBytes(path + '\0'))
        {
            Assert.Equal(0, LibC.mkfifo(pointer, 0b110_000_000));
        }
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private string Write(string name, string text)
    {
        File.WriteAllText(PathOf(name), text);
        return PathOf(name);
    }
}
