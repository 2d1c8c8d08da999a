using AppConsistentSnapshot.Diagnostics;
using AppConsistentSnapshot.Freezing;
using AppConsistentSnapshot.Interop;
using AppConsistentSnapshot.Journals;
using AppConsistentSnapshot.Participants;
using AppConsistentSnapshot.Permissions;
using AppConsistentSnapshot.Plans;
using Microsoft.Extensions.Logging;

namespace AppConsistentSnapshot.Orchestration;

/// <summary>What an orchestrator is made of, and the context of a run made from it.</summary>
internal sealed class RunContextFactory
{
    public required SnapshotOptions Options { get; init; }

    public required TimeProvider TimeProvider { get; init; }

    public required ILogger<ISnapshotOrchestrator> Logger { get; init; }

    public required IScriptPlanLoader PlanLoader { get; init; }

    public required IPermissionGuard PermissionGuard { get; init; }

    public required IFreezeController FreezeController { get; init; }

    public required IHostFacts HostFacts { get; init; }

    public required Func<VerifiedPlan, IApplicationParticipant> ScriptParticipants { get; init; }

    public required RunGate Gate { get; init; }

    public required QuietPeriod Quiet { get; init; }

    public IProcessFiles? ProcessFiles { get; init; }

    public RunContext Create(SnapshotRequest asked, ProgressPump progress)
    {
        var request = asked.With(Canonical(asked.Volumes));
        var recorder = new RunRecorder(RunIds.Create(TimeProvider), TimeProvider, progress);
        return new RunContext
        {
            Request = request,
            Options = Options,
            Recorder = recorder,
            Verdict = new Verdict(request, recorder),
            Caller = new BoundedCaller(TimeProvider),
            TimeProvider = TimeProvider,
            Logger = Logger,
            PlanLoader = PlanLoader,
            PermissionGuard = PermissionGuard,
            FreezeController = FreezeController,
            HostFacts = HostFacts,
            ScriptParticipants = ScriptParticipants,
            Gate = Gate,
            Quiet = Quiet,
            ProcessFiles = ProcessFiles,
            Journal = RunJournal.None(TimeProvider),
        };
    }

    /// <summary>Every volume by its mount point as the mount table spells it, so that one volume has one name everywhere.</summary>
    private SnapshotVolume[] Canonical(IReadOnlyList<SnapshotVolume> volumes)
    {
        var inspections = FreezeController.Inspect([.. volumes.Select(static volume => volume.Path)]);
        return [.. volumes.Zip(inspections, static (volume, inspection) => inspection is { IsMountPoint: true, FileSystem: { } fileSystem }
            ? new SnapshotVolume(fileSystem.MountPoint, volume.Backend)
            : volume)];
    }
}
