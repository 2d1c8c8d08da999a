using AppConsistentSnapshot.Freezing;
using AppConsistentSnapshot.Interop;
using AppConsistentSnapshot.Journals;
using AppConsistentSnapshot.Participants;
using AppConsistentSnapshot.Permissions;
using AppConsistentSnapshot.Plans;
using AppConsistentSnapshot.Recovery;
using Microsoft.Extensions.Logging;

namespace AppConsistentSnapshot;

/// <summary>The parts that an orchestrator is made of; what is not given is the real one, which needs Linux.</summary>
public sealed class SnapshotComponents
{
    /// <summary>Gets what loads plans.</summary>
    public IScriptPlanLoader? PlanLoader { get; init; }

    /// <summary>Gets what checks who can touch a plan and its scripts.</summary>
    public IPermissionGuard? PermissionGuard { get; init; }

    /// <summary>Gets what freezes file systems.</summary>
    public IFreezeController? FreezeController { get; init; }

    /// <summary>Gets what makes a participant of a verified plan.</summary>
    /// <value><see langword="null"/> by default: one that runs the plan's scripts.</value>
    public Func<VerifiedPlan, IApplicationParticipant>? ScriptParticipants { get; init; }

    /// <summary>Gets where to log.</summary>
    /// <value><see langword="null"/> by default: nowhere.</value>
    public ILoggerFactory? LoggerFactory { get; init; }

    /// <summary>Gets the clock.</summary>
    /// <value><see langword="null"/> by default: the system's.</value>
    public TimeProvider? TimeProvider { get; init; }

    internal IHostFacts? HostFacts { get; init; }

    internal JournalHome? JournalHome { get; init; }

    internal IProcessFiles? ProcessFiles { get; init; }

    internal IMountThaw? MountThaw { get; init; }

    /// <summary>Whether nothing real is stopped, so that there is nothing to be cleaned up after a crash.</summary>
    internal bool IsAllFake => FreezeController is not (null or Freezing.FreezeController) && ScriptParticipants is not null;
}
