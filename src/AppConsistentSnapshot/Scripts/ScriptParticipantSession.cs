using System.Text.Json;
using AppConsistentSnapshot.Participants;
using AppConsistentSnapshot.Permissions;
using AppConsistentSnapshot.Plans;
using AppConsistentSnapshot.Reports;

namespace AppConsistentSnapshot.Scripts;

/// <summary>A pair of scripts in one run.</summary>
internal sealed class ScriptParticipantSession : IParticipantSession
{
    private readonly string _id;
    private readonly VerifiedPlan _plan;
    private readonly ParticipantContext _context;
    private readonly ScriptJob _job;
    private ScriptRun? _preScript;

    public ScriptParticipantSession(string id, VerifiedPlan plan, ParticipantContext context, ScriptJob job)
    {
        _id = id;
        _plan = plan;
        _context = context;
        _job = job;
        RecoveryState = Serialize(id, plan.Plan, context.RunId);
    }

    public string RecoveryState { get; }

    public async ValueTask<ParticipantResult> QuiesceAsync(CancellationToken cancellationToken)
    {
        _preScript = Run(ScriptPhase.Pre, _plan.PreScript, SnapshotOutcome.Failed, ConsistencyLevel.None);
        return await _job.RunAsync(_preScript, cancellationToken).ConfigureAwait(false);
    }

    // A script that has ended cannot be asked. Who needs this writes a participant.
    public ValueTask<bool> ConfirmAsync(CancellationToken cancellationToken) => new(true);

    // The post-script runs whenever the pre-script was started, and never where it was not.
    public async ValueTask<ParticipantResult> ResumeAsync(ResumeContext context, CancellationToken deadline) =>
        _preScript is { MayHaveStarted: false }
            ? new ParticipantResult { Status = StepStatus.Skipped, Attempts = 0 }
            : await _job.RunAsync(Run(ScriptPhase.Post, _plan.PostScript, context.OutcomeSoFar, context.ConsistencySoFar), deadline)
                .ConfigureAwait(false);

    public ValueTask DisposeAsync() => _job.DisposeAsync();

    private static string Serialize(string id, ScriptPlan plan, string runId) => JsonSerializer.Serialize(
        new ScriptRecoveryState
        {
            RunId = runId,
            Plan = id,
            PlanPath = plan.Path,
            PostScript = plan.PostScript.Path,
            Arguments = plan.PostScript.Arguments,
            Retries = plan.PostScript.Retries,
            TimeoutSeconds = plan.Timeout.TotalSeconds,
        },
        ScriptRecoveryJsonContext.Default.ScriptRecoveryState);

    private ScriptRun Run(ScriptPhase phase, IVerifiedScript script, SnapshotOutcome outcome, ConsistencyLevel level) => new()
    {
        Phase = phase,
        Script = script,
        Plan = _id,
        RunId = _context.RunId,
        Mounts = _context.Mounts,
        Timeout = _plan.Plan.Timeout,
        Outcome = outcome,
        Consistency = level,
        ProgressInterval = _plan.Plan.ProgressInterval,
        ReportProgress = _context.ReportProgress,
    };
}
