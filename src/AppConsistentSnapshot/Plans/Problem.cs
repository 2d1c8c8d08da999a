namespace AppConsistentSnapshot.Plans;

/// <summary>One thing wrong in a file, before it is an error or a warning with a code.</summary>
internal sealed record Problem(string Message, string Action)
{
    public TextPosition? Position { get; init; }

    public string? Field { get; init; }

    public string? Found { get; init; }

    public string? Allowed { get; init; }
}
