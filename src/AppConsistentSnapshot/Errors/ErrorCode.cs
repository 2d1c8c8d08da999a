namespace AppConsistentSnapshot.Errors;

/// <summary>A stable name and number for one thing that can go wrong. Other programs rely on them.</summary>
public sealed class ErrorCode
{
    /// <summary>Defines a code. Those of this library are in <see cref="ErrorCodes"/>; a backend or participant may bring its own.</summary>
    /// <param name="name">The stable name.</param>
    /// <param name="number">The stable number. 1 to 999 are this library's and the reference's.</param>
    /// <param name="recommendedAction">What an operator should do, where the occurrence says nothing better.</param>
    public ErrorCode(string name, int number, string recommendedAction)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentException.ThrowIfNullOrEmpty(recommendedAction);
        Name = name;
        Number = number;
        RecommendedAction = recommendedAction;
    }

    /// <summary>Gets the stable name.</summary>
    public string Name { get; }

    /// <summary>Gets the stable number.</summary>
    public int Number { get; }

    /// <summary>Gets what an operator should do, where the occurrence says nothing better.</summary>
    public string RecommendedAction { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} ({Number})";
}
