namespace AppConsistentSnapshot.Reports;

/// <summary>A plan that took part.</summary>
public sealed class PlanEntry
{
    /// <summary>Gets its file.</summary>
    public required string Path { get; init; }

    /// <summary>Gets the SHA-256 of the file's bytes in lower-case hexadecimal, or <see langword="null"/> where it could not be read.</summary>
    public string? Sha256 { get; init; }
}
