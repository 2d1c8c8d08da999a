using System.Diagnostics;

namespace AppConsistentSnapshot.Tool.Tests.Support;

/// <summary>Starts the built command, as a person does.</summary>
internal static class AcsnapProcess
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    public static async Task<(int ExitCode, string Out, string Err)> RunAsync(params string[] args) => await RunShellAsync("exec dotnet \"$@\"", args);

    /// <summary>Runs a shell line in which <c>"$@"</c> is the command's path and arguments.</summary>
    public static async Task<(int ExitCode, string Out, string Err)> RunShellAsync(string line, params string[] args)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", line, "sh", Path.Combine(AppContext.BaseDirectory, "acsnap.dll"), .. args])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
