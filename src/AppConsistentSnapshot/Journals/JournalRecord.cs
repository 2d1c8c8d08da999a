using AppConsistentSnapshot.Interop;
using AppConsistentSnapshot.Participants;
using AppConsistentSnapshot.Reports;

namespace AppConsistentSnapshot.Journals;

/// <summary>One line of a journal. A stable format: see docs/recovery.md.</summary>
internal sealed record JournalRecord
{
    /// <summary>The format that this library writes.</summary>
    public const int CurrentFormat = 1;

    public required JournalEvent Event { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Of a first record: the format of all.</summary>
    public int? Format { get; init; }

    public string? RunId { get; init; }

    /// <summary>Drawn by lot for each run and each recovery; tells who wrote what follows.</summary>
    public string? FencingId { get; init; }

    public string? BootId { get; init; }

    /// <summary>The process that runs, recovers, or stands ready to thaw.</summary>
    public ProcessIdentity? Owner { get; init; }

    /// <summary>The participant's place in the order of quiescing.</summary>
    public int? Index { get; init; }

    public string? Participant { get; init; }

    public ParticipantKind? Kind { get; init; }

    public string? Backend { get; init; }

    /// <summary>What the participant or backend needs to clean up in another process.</summary>
    public string? State { get; init; }

    /// <summary>How a resume ended.</summary>
    public StepStatus? Status { get; init; }

    /// <summary>The mount points of the run.</summary>
    public IReadOnlyList<string>? Volumes { get; init; }

    /// <summary>The snapshots that are kept.</summary>
    public IReadOnlyList<string>? Snapshots { get; init; }

    /// <summary>What is frozen or thawed.</summary>
    public IReadOnlyList<JournalMount>? Mounts { get; init; }
}
