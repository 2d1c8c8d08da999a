namespace AppConsistentSnapshot.Tool.Arguments;

/// <summary>Collects what is wrong with the command line, so that all of it is said at once.</summary>
internal sealed class UsageProblems
{
    private readonly List<string> _problems = [];

    public bool Any => _problems.Count > 0;

    /// <summary>Notes a problem in the one shape that all of them have.</summary>
    public void Add(string option, string? value, string allowed) =>
        _problems.Add(value is null ? $"{option}: {allowed}" : $"{option}: '{value}' cannot be used: {allowed}");

    /// <exception cref="UsageException">There are problems.</exception>
    public void ThrowIfAny()
    {
        if (Any)
        {
            throw new UsageException(_problems);
        }
    }
}
