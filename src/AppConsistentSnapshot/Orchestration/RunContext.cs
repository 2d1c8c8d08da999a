using AppConsistentSnapshot.Diagnostics;
using AppConsistentSnapshot.Freezing;
using AppConsistentSnapshot.Interop;
using AppConsistentSnapshot.Journals;
using AppConsistentSnapshot.Participants;
using AppConsistentSnapshot.Permissions;
using AppConsistentSnapshot.Plans;
using Microsoft.Extensions.Logging;

namespace AppConsistentSnapshot.Orchestration;

/// <summary>What every stage of one run shares.</summary>
internal sealed class RunContext
{
    public required SnapshotRequest Request { get; init; }

    public required SnapshotOptions Options { get; init; }

    public required RunRecorder Recorder { get; init; }

    public required Verdict Verdict { get; init; }

    public required BoundedCaller Caller { get; init; }

    public required TimeProvider TimeProvider { get; init; }

    public required ILogger Logger { get; init; }

    public required IScriptPlanLoader PlanLoader { get; init; }

    public required IPermissionGuard PermissionGuard { get; init; }

    public required IFreezeController FreezeController { get; init; }

    public required IHostFacts HostFacts { get; init; }

    public required Func<VerifiedPlan, IApplicationParticipant> ScriptParticipants { get; init; }

    public required RunGate Gate { get; init; }

    public required QuietPeriod Quiet { get; init; }

    public IProcessFiles? ProcessFiles { get; init; }

    /// <summary>What this run writes down for whoever has to clean up after its death. Keeps nothing until the run has its ticket.</summary>
    public required RunJournal Journal { get; set; }

    public string RunId => Recorder.RunId;

    public TimeSpan FreezeLimit => Request.FreezeLimit ?? Options.FreezeLimit;

    /// <summary>How long a call may go on after its token fired. A script needs up to one grace period to end after SIGTERM, and then is killed.</summary>
    public TimeSpan Patience => (2 * Options.GracePeriod) + TimeSpan.FromSeconds(2);
}
