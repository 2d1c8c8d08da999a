using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;
using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.IntegrationTests.Support;
using AppConsistentSnapshot.Interop.Linux;
using AppConsistentSnapshot.Permissions;
using AppConsistentSnapshot.Plans;
using Microsoft.Extensions.Logging.Abstractions;

namespace AppConsistentSnapshot.IntegrationTests.Permissions;

/// <summary>A folder of root's with a plan and two scripts that pass the guard, until a test changes something.</summary>
[SupportedOSPlatform("linux")]
internal sealed class GuardFolder : IDisposable
{
    public const string Script = "#!/bin/sh\necho \"$0|$1\"\n";
    private const string PlanContent = "{}";

    private GuardFolder(string path)
    {
        Requires.Root();
        Path = path;
        Directory.CreateDirectory(path, (UnixFileMode)0x1ed);
        PlanPath = Write("plan.json", PlanContent, 0x180);
        PrePath = Write("pre.sh", Script, 0x1c0);
        PostPath = Write("post.sh", Script, 0x1c0);
    }

    public string Path { get; }

    public string PlanPath { get; }

    public string PrePath { get; set; }

    public string PostPath { get; set; }

    public PermissionGuard Guard { get; } =
        new(new SnapshotOptions(), new LinuxFileInspector(), new LinuxMemoryFileFactory(), NullLogger<PermissionGuard>.Instance);

    /// <param name="parent">Where it is made: every folder above must be root's, or sticky.</param>
    /// <param name="name">How its own name begins.</param>
    public static GuardFolder Create(string parent = "/var/lib", string name = "acs-test")
    {
        Requires.Root();
        return new GuardFolder($"{parent}/{name}-{Guid.NewGuid():N}");
    }

    public string Write(string name, string content, int mode) => Write(name, Encoding.UTF8.GetBytes(content), mode);

    public string Write(string name, byte[] content, int mode)
    {
        var path = $"{Path}/{name}";
        File.WriteAllBytes(path, content);
        File.SetUnixFileMode(path, (UnixFileMode)mode);
        return path;
    }

    public async Task<PlanVerification> VerifyAsync() => await Guard.VerifyAsync(
        new ScriptPlan
        {
            Path = PlanPath,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(PlanContent))),
            PreScript = new ScriptCommand { Path = PrePath },
            PostScript = new ScriptCommand { Path = PostPath },
        },
        TestContext.Current.CancellationToken);

    public async Task<IReadOnlyList<SnapshotError>> RefuseAsync()
    {
        var result = await VerifyAsync();
        Assert.Null(result.Plan);
        Assert.NotEmpty(result.Errors);
        Assert.Empty(OpenDescriptors());
        return result.Errors;
    }

    public async Task<VerifiedPlan> AcceptAsync()
    {
        var result = await VerifyAsync();
        Assert.Empty(result.Errors);
        Assert.Empty(result.Warnings);
        return Assert.IsType<VerifiedPlan>(result.Plan);
    }

    /// <summary>Which of this process's descriptors lead into this folder.</summary>
    public IReadOnlyList<string> OpenDescriptors() =>
        [.. new DirectoryInfo("/proc/self/fd").EnumerateFileSystemInfos()
            .Select(entry => entry.LinkTarget)
            .Where(target => target?.StartsWith(Path, StringComparison.Ordinal) == true)
            .Select(target => target!)];

    /// <summary>Runs a line of shell in this folder.</summary>
    public string Run(string line) => Shell.Run("bash", "-c", $"cd \"$1\" && {line}", "bash", Path);

    /// <summary>Runs a line of shell in this folder as user 1000.</summary>
    public (int ExitCode, string Output) TryAsUser(string line)
    {
        Requires.Tool("setpriv");
        return Shell.Try("setpriv", "--reuid=1000", "--regid=1000", "--clear-groups", "bash", "-c", $"cd \"$1\" && {line}", "bash", Path);
    }

    // Not Directory.Delete, which cannot delete names that are no text.
    public void Dispose() => Shell.Run("rm", "-rf", "--", Path);
}
