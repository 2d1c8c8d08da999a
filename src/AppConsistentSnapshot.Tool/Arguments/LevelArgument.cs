namespace AppConsistentSnapshot.Tool.Arguments;

/// <summary>Reads a consistency level.</summary>
internal static class LevelArgument
{
    public const string Forms = "application|filesystem|crash";

    public static ConsistencyLevel? Read(string option, string? value, UsageProblems problems)
    {
        switch (value?.ToUpperInvariant())
        {
            case null:
                return null;
            case "APPLICATION":
                return ConsistencyLevel.Application;
            case "FILESYSTEM":
                return ConsistencyLevel.FileSystem;
            case "CRASH":
                return ConsistencyLevel.Crash;
            default:
                problems.Add(option, value, $"give one of application, filesystem, crash{NearestName.Hint(value!, Forms.Split('|'))}");
                return null;
        }
    }
}
