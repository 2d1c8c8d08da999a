using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Permissions;

/// <summary>One thing that is wrong with a file or a folder above it.</summary>
internal sealed record PathFinding
{
    /// <summary>Whether there is no file, rather than one that others can touch.</summary>
    public bool IsMissing { get; init; }

    /// <summary>The file or folder.</summary>
    public required string Path { get; init; }

    public required string Message { get; init; }

    public string? Found { get; init; }

    public string? Allowed { get; init; }

    /// <summary>What to do, with the line that mends it; null where the error code's own advice is all there is.</summary>
    public string? Remedy { get; init; }

    public Errno Errno { get; init; }
}
