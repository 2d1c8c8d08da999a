using AppConsistentSnapshot.Participants;

namespace AppConsistentSnapshot;

/// <summary>What to snapshot, and how consistent it has to be.</summary>
public sealed class SnapshotRequest
{
    /// <summary>Gets the level that is wanted. There is no default: the caller says what it expects.</summary>
    /// <remarks>
    /// <see cref="ConsistencyLevel.FileSystem"/> quiesces no application, <see cref="ConsistencyLevel.Crash"/> does not freeze either.
    /// </remarks>
    public required ConsistencyLevel Consistency { get; init; }

    /// <summary>Gets the volumes: at least one, each mount point once.</summary>
    public required IReadOnlyList<SnapshotVolume> Volumes { get; init; }

    /// <summary>Gets the paths of plan files; each plan is one participant, quiesced in this order.</summary>
    /// <value>
    /// Empty by default. Where a request for <see cref="ConsistencyLevel.Application"/> names neither plans, nor a host configuration, nor
    /// participants, the paths of <see cref="SnapshotOptions"/> are used.
    /// </value>
    public IReadOnlyList<string> PlanPaths { get; init; } = [];

    /// <summary>Gets the path of a host configuration, whose entries are plans and come before <see cref="PlanPaths"/>.</summary>
    /// <value><see langword="null"/> by default. A path that is given must exist (error 313).</value>
    public string? HostConfigurationPath { get; init; }

    /// <summary>Gets further participants, quiesced after the plans in this order and resumed in reverse. The caller keeps owning them.</summary>
    public IReadOnlyList<IApplicationParticipant> Participants { get; init; } = [];

    /// <summary>Gets the lowest level at which a snapshot is kept; below it the run fails and is rolled back.</summary>
    /// <value><see langword="null"/> by default: the failure policy alone decides.</value>
    public ConsistencyLevel? Minimum { get; init; }

    /// <summary>Gets whether a failure may lead to a snapshot of a lower level instead of none.</summary>
    /// <value>The default is <see langword="true"/>. Every plan must say so too.</value>
    public bool ContinueOnFailure { get; init; } = true;

    /// <summary>Gets whether a host with exactly one persistent disk gets a crash-consistent snapshot where the run would otherwise fail.</summary>
    /// <value><see langword="null"/> by default: on where every backend of the request has it on (Azure managed disks).</value>
    public bool? SingleDiskFallback { get; init; }

    /// <summary>Gets the longest time that writes may be held, from the first freeze to the start of the thaw.</summary>
    /// <value><see langword="null"/> by default: <see cref="SnapshotOptions.FreezeLimit"/>. More than zero, at most 60 seconds.</value>
    public TimeSpan? FreezeLimit { get; init; }

    /// <summary>Gets whether a run that is cancelled after its last cut keeps the snapshots it can still complete.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool KeepWhenCancelledAfterCut { get; init; } = true;

    /// <summary>Gets how long to wait for another run on this host to end; a run is refused otherwise (error 933).</summary>
    /// <value><see langword="null"/> by default: <see cref="SnapshotOptions.WaitForOtherRun"/>.</value>
    public TimeSpan? WaitForOtherRun { get; init; }

    /// <summary>The same request for other volumes.</summary>
    internal SnapshotRequest With(IReadOnlyList<SnapshotVolume> volumes) => new()
    {
        Consistency = Consistency,
        Volumes = volumes,
        PlanPaths = PlanPaths,
        HostConfigurationPath = HostConfigurationPath,
        Participants = Participants,
        Minimum = Minimum,
        ContinueOnFailure = ContinueOnFailure,
        SingleDiskFallback = SingleDiskFallback,
        FreezeLimit = FreezeLimit,
        KeepWhenCancelledAfterCut = KeepWhenCancelledAfterCut,
        WaitForOtherRun = WaitForOtherRun,
    };
}
