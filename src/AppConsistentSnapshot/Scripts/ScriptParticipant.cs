using AppConsistentSnapshot.Participants;
using AppConsistentSnapshot.Permissions;
using AppConsistentSnapshot.Plans;

namespace AppConsistentSnapshot.Scripts;

/// <summary>A plan's pair of scripts as a participant: the pre-script quiesces, the post-script resumes.</summary>
internal sealed class ScriptParticipant : IApplicationParticipant
{
    private readonly VerifiedPlan _plan;
    private readonly ScriptRecovery _recovery;
    private readonly Func<ScriptJob> _jobs;

    /// <param name="plan">The plan. The caller keeps owning it, and disposes it after the last session.</param>
    /// <param name="options">Limits.</param>
    /// <param name="recovery">Runs the post-script for a run that died.</param>
    /// <param name="jobs">Makes what runs the scripts of one session.</param>
    /// <exception cref="ArgumentOutOfRangeException">A plan made in code has a limit, a number or an interval that cannot be.</exception>
    public ScriptParticipant(VerifiedPlan plan, ScriptRunnerOptions options, ScriptRecovery recovery, Func<ScriptJob> jobs)
    {
        Require(plan.Plan);
        _plan = plan;
        _recovery = recovery;
        _jobs = jobs;
        Id = plan.Plan.Path ?? plan.Plan.PluginName;
        Info = new ParticipantInfo
        {
            Kind = ParticipantKind.ScriptPair,
            ContinueOnFailure = plan.Plan.ContinueBackupOnFailure,
            FreezeFileSystems = plan.Plan.FsFreezeEnabled,
            QuiesceLimit = options.OuterLimit(plan.Plan.Timeout),
            ResumeLimit = options.OuterLimit(plan.Plan.Timeout),
        };
    }

    public string Id { get; }

    public ParticipantInfo Info { get; }

    public ValueTask<IParticipantSession> OpenAsync(ParticipantContext context, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
#pragma warning disable CA2000 // The caller disposes it, by contract.
        return ValueTask.FromResult<IParticipantSession>(new ScriptParticipantSession(Id, _plan, context, _jobs()));
#pragma warning restore CA2000
    }

    public ValueTask<ParticipantResult> RecoverAsync(ParticipantRecoveryContext context, CancellationToken deadline) =>
        _recovery.RecoverAsync(context, deadline);

    // A loaded plan is stricter. This is what the machinery can do at all.
    private static void Require(ScriptPlan plan)
    {
        if (plan.Timeout < ScriptPipelines.ShortestLimit || plan.Timeout > ScriptPipelines.LongestLimit)
        {
            throw new ArgumentOutOfRangeException(
                nameof(plan), plan.Timeout, $"A script's limit must be {ScriptPipelines.ShortestLimit} to {ScriptPipelines.LongestLimit}.");
        }

        if (plan.ProgressInterval <= TimeSpan.Zero || plan.PreScript.Retries < 0 || plan.PostScript.Retries < 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(plan),
                $"{plan.ProgressInterval}, {plan.PreScript.Retries}, {plan.PostScript.Retries}",
                "A plan's progress interval must be more than zero, and its numbers of retries zero or more.");
        }
    }
}
