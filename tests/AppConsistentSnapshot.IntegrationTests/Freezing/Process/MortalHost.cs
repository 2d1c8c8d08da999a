using System.Diagnostics;
using AppConsistentSnapshot.IntegrationTests.Support;

namespace AppConsistentSnapshot.IntegrationTests.Freezing.Process;

/// <summary>A process with the library in it, to be killed.</summary>
internal sealed class MortalHost : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly System.Diagnostics.Process _process;

    public MortalHost()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        var program = Path.GetFullPath(Path.Combine(
            AppContext.BaseDirectory, "..", "..", "AppConsistentSnapshot.TestHost", configuration, "AppConsistentSnapshot.TestHost.dll"));
        _process = System.Diagnostics.Process.Start(new ProcessStartInfo("dotnet", [program])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
    }

    public int Id => _process.Id;

    public int FreezerId { get; private set; }

    public string Warnings { get; private set; } = "";

    public async Task<string> SayAsync(string command)
    {
        await SendAsync(command);
        return await HearAsync();
    }

    public async Task SendAsync(string command)
    {
        await _process.StandardInput.WriteLineAsync(command);
        await _process.StandardInput.FlushAsync();
    }

    public async Task<string> HearAsync() =>
        await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience, TestContext.Current.CancellationToken)
        ?? throw new InvalidOperationException("the host has ended");

    public async Task ArmAsync(string form, params string[] mounts)
    {
        var answer = await SayAsync($"arm {FreezerForms.Path(form)} {string.Join(' ', mounts)}");
        Assert.StartsWith("armed ", answer, StringComparison.Ordinal);
        var words = answer.Split(' ', 3);
        FreezerId = int.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture);
        Warnings = words[2];
    }

    // Not by kill(1): times are measured from here.
    public void Kill() => _process.Kill();

    public void Signal(string signal) => Shell.Run("kill", $"-{signal}", Text(Id));

    public void SignalFreezer(string signal) => Shell.Run("kill", $"-{signal}", Text(FreezerId));

    public bool FreezerIsAlive => File.Exists($"/proc/{FreezerId}/stat") && !File.ReadAllText($"/proc/{FreezerId}/stat").Contains(") Z", StringComparison.Ordinal);

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Shell.Try("kill", "-CONT", Text(Id));
            _process.Kill();
        }

        _process.Dispose();
    }

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
