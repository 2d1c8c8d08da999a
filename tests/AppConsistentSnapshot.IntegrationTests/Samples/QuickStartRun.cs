using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace AppConsistentSnapshot.IntegrationTests.Samples;

/// <summary>The quick start, run as a person runs it, from a folder that is not the repository.</summary>
internal sealed partial class QuickStartRun : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource _writing = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private QuickStartRun(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Add(line.Data);
        process.ErrorDataReceived += (_, line) => Add(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int ExitCode => _process.ExitCode;

    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>The folder that everything of this run is in.</summary>
    public string Room => RoomPath().Match(Output) is { Success: true } match ? match.Value : throw new InvalidOperationException(Output);

    public static QuickStartRun Start(params string[] options)
    {
        Assert.SkipUnless(File.Exists(Program), "needs the quick start to be built in Release: 'dotnet build -c Release'");
        return new QuickStartRun(Process.Start(new ProcessStartInfo(Path.Combine(Root, "samples/quickstart.sh"), ["--no-build", .. options])
        {
            UseShellExecute = false,
            WorkingDirectory = "/",
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!);
    }

    /// <summary>Waits until the writer is busy, so that the snapshot is about to be taken.</summary>
    public Task WritingAsync() => _writing.Task.WaitAsync(Limit, TestContext.Current.CancellationToken);

    public void Signal(string name) => Support.Shell.Run("/bin/kill", $"-{name}", $"{_process.Id}");

    /// <summary>Waits until script and output have ended.</summary>
    public Task EndAsync() => _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Limit);

    /// <summary>What of this run is still mounted, attached, running or lying about; waits a little for it to go.</summary>
    public async Task<IReadOnlyList<string>> LeftBehindAsync()
    {
        var room = Room;
        var waited = Stopwatch.StartNew();
        IReadOnlyList<string> left;
        while ((left = FindTraces(room)).Count > 0 && waited.Elapsed < TimeSpan.FromSeconds(30))
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        return left;
    }

    public void Dispose()
    {
        // Its guard cleans up.
        _process.Kill();
        _process.Dispose();
    }

    private static string Root { get; } = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../.."));

    private static string Program { get; } = Path.Combine(Root, "artifacts/bin/QuickStart/release/QuickStart.dll");

    private static List<string> FindTraces(string room)
    {
        var left = new List<string>();
        left.AddRange(File.ReadLines("/proc/self/mountinfo").Where(line => line.Contains(room, StringComparison.Ordinal)));
        left.AddRange(Directory.EnumerateDirectories("/sys/block", "loop*").Where(loop => Read(Path.Combine(loop, "loop/backing_file")).Contains(room, StringComparison.Ordinal)));
        left.AddRange(Directory.EnumerateDirectories("/proc").Where(process => Read(Path.Combine(process, "cmdline")).Contains(room, StringComparison.Ordinal)));
        if (Directory.Exists(room))
        {
            left.Add(room);
        }

        return left;
    }

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private void Add(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }

        if (line?.StartsWith("A writer commits", StringComparison.Ordinal) == true)
        {
            _writing.TrySetResult();
        }
    }

    [GeneratedRegex(@"/tmp/acs-quickstart\.\w{6}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RoomPath();
}
