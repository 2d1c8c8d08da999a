using AppConsistentSnapshot.Diagnostics;
using AppConsistentSnapshot.Journals;
using AppConsistentSnapshot.Orchestration;
using AppConsistentSnapshot.Scripts;
using Microsoft.Extensions.Logging;

namespace AppConsistentSnapshot.Recovery;

/// <summary>What a recovery is made of.</summary>
internal sealed class RecoveryParts
{
    public required SnapshotOptions Options { get; init; }

    public required JournalHome Home { get; init; }

    /// <summary>This boot.</summary>
    public required string? BootId { get; init; }

    public required IMountThaw Thaw { get; init; }

    /// <summary>Runs post-scripts, or null where everything is a fake.</summary>
    public required ScriptRecovery? Scripts { get; init; }

    public required QuietPeriod Quiet { get; init; }

    public required TimeProvider TimeProvider { get; init; }

    public required ILogger Logger { get; init; }

    public BoundedCaller Caller => new(TimeProvider);

    /// <summary>How long a call may go on after its token fired.</summary>
    public TimeSpan Patience => (2 * Options.GracePeriod) + TimeSpan.FromSeconds(2);

    /// <summary>The longest that a script of a plan can take, its end by force included.</summary>
    public TimeSpan LongestScript => ScriptRunnerOptions.From(Options).OuterLimit(TimeSpan.FromSeconds(1800));
}
