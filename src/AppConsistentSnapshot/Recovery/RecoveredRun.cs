using AppConsistentSnapshot.Reports;

namespace AppConsistentSnapshot.Recovery;

/// <summary>A run that had died, and what became of it.</summary>
public sealed class RecoveredRun
{
    /// <summary>Gets the run's id.</summary>
    public required string RunId { get; init; }

    /// <summary>Gets when it had begun, or <see langword="null"/> where that is not known.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Gets the number of the process that it died with, or <see langword="null"/> where that is not known.</summary>
    public int? ProcessId { get; init; }

    /// <summary>Gets whether the host was restarted since; then nothing of it can be frozen any more.</summary>
    public bool HostWasRestarted { get; init; }

    /// <summary>Gets whether everything is cleaned up.</summary>
    public required bool IsRecovered { get; init; }

    /// <summary>Gets the snapshots that it had finished and that are kept.</summary>
    public IReadOnlyList<string> KeptSnapshots { get; init; } = [];

    /// <summary>Gets every step in the order in which it began: <c>Thaw</c>, <c>PostScript</c> or <c>Resume</c>, <c>RollBack</c>.</summary>
    public IReadOnlyList<StepReport> Steps { get; init; } = [];
}
