using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace AppConsistentSnapshot.Tests;

/// <summary>The flow goes one way, and the folders show it: a folder uses only what stands beside it here.</summary>
public sealed partial class LayeringTests
{
    private static readonly Dictionary<string, string[]> MayUse = new(StringComparer.Ordinal)
    {
        // Leaves
        ["Errors"] = [],
        ["Interop"] = [],
        ["Interop.Linux"] = ["Interop"],
        ["Reports"] = ["Errors"],
        ["Diagnostics"] = ["Errors", "Reports", "Interop"],

        // The stages, from left to right
        ["Plans"] = ["Errors", "Diagnostics", "Interop"],
        ["Permissions"] = ["Plans", "Errors", "Diagnostics", "Interop"],
        ["Participants"] = ["Errors", "Reports"],
        ["Scripts"] = ["Plans", "Permissions", "Participants", "Errors", "Reports", "Diagnostics", "Interop"],
        ["Freezing"] = ["Freezing.Process", "Errors", "Reports", "Diagnostics", "Interop", "Interop.Linux"],
        ["Freezing.Process"] = ["Errors", "Diagnostics", "Interop"],
        ["Backends"] = ["Freezing", "Errors", "Reports"],
        ["Backends.Images"] = ["Backends", "Freezing", "Errors", "Reports", "Diagnostics", "Interop", "Interop.Linux"],

        ["Journals"] = ["Participants", "Freezing", "Errors", "Reports", "Diagnostics", "Interop"],

        // What runs them
        ["Orchestration"] = ["Plans", "Permissions", "Participants", "Scripts", "Freezing", "Freezing.Process", "Journals", "Backends", "Reports", "Errors", "Diagnostics", "Interop"],
        ["Recovery"] = ["Plans", "Permissions", "Participants", "Scripts", "Freezing", "Journals", "Orchestration", "Backends", "Reports", "Errors", "Diagnostics", "Interop"],
    };

    [Fact]
    public void No_folder_uses_what_comes_after_it()
    {
        var core = Path.GetFullPath(Path.Combine(Here(), "../../src/AppConsistentSnapshot"));
        var wrong = new List<string>();
        foreach (var file in Directory.EnumerateFiles(core, "*.cs", SearchOption.AllDirectories))
        {
            var folder = Path.GetRelativePath(core, Path.GetDirectoryName(file)!).Replace('/', '.');
            if (folder is "." or "DependencyInjection")
            {
                continue;
            }

            var allowed = MayUse.TryGetValue(folder, out var folders) ? folders : throw new InvalidOperationException($"Give the folder '{folder}' its place in the flow.");
            wrong.AddRange(Used().Matches(File.ReadAllText(file))
                .Select(static match => match.Groups["namespace"].Value)
                .Where(used => used != folder && !allowed.Contains(used, StringComparer.Ordinal))
                .Select(used => $"{Path.GetRelativePath(core, file)} uses {used}"));
        }

        Assert.Empty(wrong);
    }

    [GeneratedRegex(@"^(global )?using (static )?AppConsistentSnapshot\.(?<namespace>[\w.]+);", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Used();

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
