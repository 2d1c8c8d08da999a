using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace AppConsistentSnapshot.Errors;

/// <summary>One error or warning: its code, what happened, to what, and what to do about it.</summary>
public sealed class SnapshotError
{
    /// <summary>Creates an empty error, for deserialization and initializers.</summary>
    [JsonConstructor]
    public SnapshotError()
    {
    }

    /// <summary>Creates an error of a code, with the code's recommended action.</summary>
    /// <param name="code">The code.</param>
    /// <param name="message">What happened, with the values that matter.</param>
    [SetsRequiredMembers]
    public SnapshotError(ErrorCode code, string message)
    {
        ArgumentNullException.ThrowIfNull(code);
        ArgumentException.ThrowIfNullOrEmpty(message);
        Code = code.Name;
        Number = code.Number;
        Message = message;
        RecommendedAction = code.RecommendedAction;
    }

    /// <summary>Gets the stable name.</summary>
    public required string Code { get; init; }

    /// <summary>Gets the stable number.</summary>
    public required int Number { get; init; }

    /// <summary>Gets what it is about: a plan, a participant, a mount, a backend.</summary>
    public string? Subject { get; init; }

    /// <summary>Gets what happened.</summary>
    public required string Message { get; init; }

    /// <summary>Gets what an operator should do.</summary>
    public required string RecommendedAction { get; init; }

    /// <summary>Gets the file that it is about.</summary>
    public string? Path { get; init; }

    /// <summary>Gets the line in <see cref="Path"/>, from 1.</summary>
    public int? Line { get; init; }

    /// <summary>Gets the column in bytes in <see cref="Line"/>, from 1.</summary>
    public int? Column { get; init; }

    /// <summary>Gets the field that it is about.</summary>
    public string? Field { get; init; }

    /// <summary>Gets the value that was found.</summary>
    public string? Found { get; init; }

    /// <summary>Gets what would have been allowed.</summary>
    public string? Allowed { get; init; }

    /// <summary>Gets the kernel's error number.</summary>
    public int? Errno { get; init; }

    /// <summary>Says whether this is an error of a code.</summary>
    /// <param name="code">The code.</param>
    public bool Is(ErrorCode code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return Number == code.Number && Code == code.Name;
    }

    /// <inheritdoc/>
    public override string ToString() => Subject is null ? $"{Code} ({Number}): {Message}" : $"{Code} ({Number}) {Subject}: {Message}";
}
