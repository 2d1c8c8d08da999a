using System.Runtime.InteropServices;

namespace AppConsistentSnapshot.Freezing.Process;

/// <summary>Finds the freezer: the native program where there is one for this machine, else the one that the runtime executes.</summary>
internal sealed class FreezerLocator
{
    private const string Name = "acs-freezer";
    private const string Muxer = "dotnet";

    private readonly string? _configured;
    private readonly string _folder;

    /// <param name="configured">The only path to look at, or null.</param>
    /// <param name="folder">Where the application's files are.</param>
    public FreezerLocator(string? configured, string folder)
    {
        _configured = configured;
        _folder = folder;
    }

    /// <summary>Every path that is looked at, in order.</summary>
    public IReadOnlyList<string> Candidates => _configured is not null
        ? [_configured]
        :
        [
            Path.Combine(_folder, Name),
            Path.Combine(_folder, "runtimes", $"linux-{Architecture}", "native", Name),
            Path.Combine(_folder, Name + ".dll"),
        ];

    private static string Architecture => RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.Arm64 ? "arm64" : "x64";

    /// <summary>What may be started, the best first. Starting can still fail, on another C library for one, and then the next is to be tried.</summary>
    public IReadOnlyList<FreezerProgram> Find() => [.. Candidates.Where(File.Exists).Select(Program).OfType<FreezerProgram>()];

    private static FreezerProgram? Program(string path)
    {
        if (!path.EndsWith(".dll", StringComparison.Ordinal))
        {
            return NativeProgram.FitsThisMachine(path) ? new FreezerProgram(path, [path]) : null;
        }

        var configuration = Path.ChangeExtension(path, ".runtimeconfig.json");
        return FindMuxer() is { } muxer && File.Exists(configuration)
            ? new FreezerProgram(muxer, [muxer, "exec", "--runtimeconfig", configuration, .. Dependencies(path), path])
            : null;
    }

    // An application that was published for one platform has all assemblies in one folder, and then the runtime needs no list of them:
    // this one names those that a portable application has in folders of their own.
    private static string[] Dependencies(string path)
    {
        var file = Path.ChangeExtension(path, ".portable.deps.json");
        return File.Exists(file) && Directory.Exists(Path.Combine(Path.GetDirectoryName(path)!, "runtimes")) ? ["--depsfile", file] : [];
    }

    // The runtime that runs this process first: another one may be of another version.
    private static string? FindMuxer()
    {
        string?[] candidates =
        [
            Path.GetFileName(Environment.ProcessPath) == Muxer ? Environment.ProcessPath : null,
            Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", Muxer)),
            Environment.GetEnvironmentVariable("DOTNET_ROOT") is { Length: > 0 } root ? Path.Combine(root, Muxer) : null,
            "/usr/share/dotnet/dotnet",
            "/usr/lib/dotnet/dotnet",
            "/usr/lib64/dotnet/dotnet",
        ];
        return Array.Find(candidates, static path => path is not null && File.Exists(path));
    }
}
