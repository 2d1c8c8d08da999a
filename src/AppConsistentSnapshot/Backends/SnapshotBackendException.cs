using AppConsistentSnapshot.Errors;

namespace AppConsistentSnapshot.Backends;

/// <summary>A backend could not do what it was asked for an expected reason, such as no space.</summary>
public sealed class SnapshotBackendException : AppConsistentSnapshotException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened, with the values that matter.</param>
    /// <param name="innerException">The cause.</param>
    public SnapshotBackendException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>Gets whether the same call may succeed a moment later.</summary>
    public bool IsTransient { get; init; }

    /// <summary>Gets a more exact code than that of the step.</summary>
    public ErrorCode? Code { get; init; }

    /// <summary>Gets what an operator should do.</summary>
    public string? RecommendedAction { get; init; }

    /// <summary>Gets the volume that it is about.</summary>
    public string? Volume { get; init; }
}
