using System.CommandLine;

namespace AppConsistentSnapshot.Tool.Verbs;

/// <summary>One verb of the command.</summary>
internal interface IVerb
{
    /// <summary>Gets its name, arguments and options.</summary>
    Command Command { get; }

    /// <summary>Gets command lines that show how it is used, for the help.</summary>
    IReadOnlyList<string> Examples { get; }

    /// <summary>Gets what is true when it was cancelled.</summary>
    string WhenCancelled { get; }

    /// <summary>Does it. Expected failures are in the result or are <see cref="Backends.SnapshotBackendException"/>.</summary>
    Task<VerbResult> ExecuteAsync(VerbContext context);
}
