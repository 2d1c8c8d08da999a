using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Reports;

namespace AppConsistentSnapshot.Freezing;

/// <summary>File systems could not be frozen. Nothing is frozen any more but what <see cref="LeftBehind"/> names.</summary>
public sealed class FreezeException : AppConsistentSnapshotException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="errors">What went wrong, first cause first; at least one.</param>
    public FreezeException(IReadOnlyList<SnapshotError> errors)
        : base(string.Join(Environment.NewLine, errors), innerException: null) => Errors = errors;

    /// <summary>Gets what went wrong, first cause first.</summary>
    public IReadOnlyList<SnapshotError> Errors { get; }

    /// <summary>Gets when the first freeze began, where one did.</summary>
    public DateTimeOffset? FrozenAt { get; init; }

    /// <summary>Gets how long writes were held by the file systems that did freeze.</summary>
    public TimeSpan Window { get; init; }

    /// <summary>Gets each file system and what became of it.</summary>
    public IReadOnlyList<MountReport> Mounts { get; init; } = [];

    /// <summary>Gets what may still be frozen and needs a human.</summary>
    public IReadOnlyList<LeftBehind> LeftBehind { get; init; } = [];
}
