namespace AppConsistentSnapshot.Plans;

/// <summary>A script, its arguments, and how often it is tried again.</summary>
public sealed class ScriptCommand
{
    /// <summary>Gets the absolute path.</summary>
    public required string Path { get; init; }

    /// <summary>Gets the arguments, passed literally: no shell looks at them.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Gets how often a failed try is repeated.</summary>
    /// <value>Zero or more. The default is 0: one try.</value>
    public int Retries { get; init; }
}
