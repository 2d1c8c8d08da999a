namespace AppConsistentSnapshot.Testing;

/// <summary>What a <see cref="CrashHarness"/> found.</summary>
public sealed class CrashHarnessResult
{
    /// <summary>Gets the boundaries between two steps, in order, by name.</summary>
    public required IReadOnlyList<string> Boundaries { get; init; }

    /// <summary>Gets how many runs were made.</summary>
    public required int Cases { get; init; }

    /// <summary>Gets what did not hold: where, and what. Empty where all is well.</summary>
    public required IReadOnlyList<string> Violations { get; init; }

    /// <summary>Throws where something did not hold.</summary>
    /// <exception cref="InvalidOperationException">The message lists the first ten violations.</exception>
    public void ThrowIfViolated()
    {
        if (Violations.Count > 0)
        {
            throw new InvalidOperationException(
                $"{Violations.Count} violations in {Cases} runs:{Environment.NewLine}{string.Join(Environment.NewLine, Violations.Take(10))}");
        }
    }
}
