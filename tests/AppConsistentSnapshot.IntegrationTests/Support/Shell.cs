using System.Diagnostics;

namespace AppConsistentSnapshot.IntegrationTests.Support;

/// <summary>Runs programs for the tests' own set-up.</summary>
internal static class Shell
{
    public static string Run(string program, params string[] arguments)
    {
        var (exitCode, output) = Try(program, arguments);
        return exitCode == 0
            ? output
            : throw new InvalidOperationException($"'{program} {string.Join(' ', arguments)}' ended with {exitCode}: {output}");
    }

    public static (int ExitCode, string Output) Try(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.GetAwaiter().GetResult());
    }
}
