namespace AppConsistentSnapshot.Tool;

/// <summary>The command line is wrong. Thrown before anything is touched.</summary>
internal sealed class UsageException : Exception
{
    public UsageException(IReadOnlyList<string> problems)
        : base(string.Join(Environment.NewLine, problems)) => Problems = problems;

    /// <summary>Gets every problem, each naming the option, the value and what is allowed.</summary>
    public IReadOnlyList<string> Problems { get; }
}
