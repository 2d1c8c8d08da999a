namespace AppConsistentSnapshot.Journals;

/// <summary>The names of the files.</summary>
internal static class JournalNames
{
    /// <summary>The locked file, in the runtime folder.</summary>
    public const string Lock = "lock";

    private const string RunSuffix = ".run.jsonl";
    private const string FreezeSuffix = ".freeze.jsonl";

    /// <summary>The durable part of a run's journal.</summary>
    public static string Run(string runId) => runId + RunSuffix;

    /// <summary>The freeze progress of a run, in the runtime folder.</summary>
    public static string Freeze(string runId) => runId + FreezeSuffix;

    /// <summary>The run that a file is of, or null where it is none of either kind.</summary>
    public static string? FindRun(string name) => Strip(name, RunSuffix) ?? Strip(name, FreezeSuffix);

    private static string? Strip(string name, string suffix) =>
        name.Length > suffix.Length && name.EndsWith(suffix, StringComparison.Ordinal) ? name[..^suffix.Length] : null;
}
