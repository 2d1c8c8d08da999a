using System.CommandLine;
using AppConsistentSnapshot.Recovery;
using AppConsistentSnapshot.Tool.Arguments;
using AppConsistentSnapshot.Tool.Reporting;
using Microsoft.Extensions.Logging;

namespace AppConsistentSnapshot.Tool.Verbs;

/// <summary>What a verb works with.</summary>
internal sealed class VerbContext
{
    public required ParseResult Parse { get; init; }

    public required CommandServices Services { get; init; }

    public required Reporter Reporter { get; init; }

    public required ILoggerFactory LoggerFactory { get; init; }

    public required CancellationToken CancellationToken { get; init; }

    /// <summary>Makes the orchestrator for the options of the command line.</summary>
    public ISnapshotOrchestrator MakeOrchestrator(SnapshotOptions options) => Services.CreateOrchestrator(
        options, new SnapshotComponents { LoggerFactory = LoggerFactory, TimeProvider = Services.TimeProvider });

    /// <summary>Makes the recovery for the options of the command line.</summary>
    public ISnapshotRecovery MakeRecovery(SnapshotOptions options) => Services.CreateRecovery(
        options, new SnapshotComponents { LoggerFactory = LoggerFactory, TimeProvider = Services.TimeProvider });

    /// <summary>Ends the reading of the command line: problems are thrown all at once, else what is odd is said.</summary>
    public void Finish(UsageProblems problems, IReadOnlyList<string> notes)
    {
        problems.ThrowIfAny();
        foreach (var note in notes)
        {
            Reporter.Note($"note: {note}");
        }

        if (!Services.IsRoot)
        {
            Reporter.Note("note: not running as root: plans, freezing, mounting and most backends need it (try 'sudo acsnap …')");
        }
    }
}
