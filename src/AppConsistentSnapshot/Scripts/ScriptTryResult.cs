using AppConsistentSnapshot.Errors;

namespace AppConsistentSnapshot.Scripts;

/// <summary>How one try ended.</summary>
internal sealed class ScriptTryResult
{
    public static ScriptTryResult Succeeded { get; } = new();

    /// <summary>What went wrong, or null where nothing did.</summary>
    public SnapshotError? Error { get; private init; }

    /// <summary>Whether another try may end better.</summary>
    public bool MayTryAgain { get; private init; }

    public static ScriptTryResult Failed(SnapshotError error, bool mayTryAgain) => new() { Error = error, MayTryAgain = mayTryAgain };
}
