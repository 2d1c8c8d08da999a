using System.Text.Json;
using AppConsistentSnapshot.Diagnostics;
using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Participants;
using AppConsistentSnapshot.Permissions;
using AppConsistentSnapshot.Plans;
using AppConsistentSnapshot.Reports;
using Microsoft.Extensions.Logging;

namespace AppConsistentSnapshot.Scripts;

/// <summary>Runs the post-script of a run whose process died, after checking anew that only root could touch it.</summary>
/// <remarks>
/// What was recorded comes first, since it belongs to what the pre-script did. Where it can no longer be run, such as after it was moved,
/// the post-script of the plan as it is now is better than an application that stays quiesced.
/// </remarks>
internal sealed class ScriptRecovery
{
    private readonly IScriptPlanLoader _loader;
    private readonly IPermissionGuard _guard;
    private readonly Func<ScriptJob> _jobs;
    private readonly ILogger _logger;

    public ScriptRecovery(IScriptPlanLoader loader, IPermissionGuard guard, Func<ScriptJob> jobs, ILogger<ScriptRecovery> logger)
    {
        _loader = loader;
        _guard = guard;
        _jobs = jobs;
        _logger = logger;
    }

    /// <param name="context">The run that died.</param>
    /// <param name="deadline">Fires when the time for it is over.</param>
    public async ValueTask<ParticipantResult> RecoverAsync(ParticipantRecoveryContext context, CancellationToken deadline)
    {
        if (Parse(context.RecoveryState) is not { } state)
        {
            return ParticipantResult.Failed(new SnapshotError(
                ErrorCodes.PostScriptExecutionFailed, $"What was recorded of run '{context.RunId}' names no post-script: {context.RecoveryState}"));
        }

        var verification = await _guard.VerifyAsync(Recorded(state), deadline).ConfigureAwait(false);
        var plan = verification.Plan ?? await FromPlanAsync(state, deadline).ConfigureAwait(false);
        if (plan is null)
        {
            return new ParticipantResult { Status = StepStatus.Failed, Attempts = 0, Errors = OfPostScript(verification.Errors) };
        }

        using (plan)
        {
            return await RunAsync(plan, state, context, deadline).ConfigureAwait(false);
        }
    }

    /// <summary>The limit of the post-script in a recorded state, or null where the state makes no sense.</summary>
    public static TimeSpan? TimeoutOf(string recoveryState) => Parse(recoveryState) is { } state ? TimeSpan.FromSeconds(state.TimeoutSeconds) : null;

    // The guard checks pairs. The pre-script is of no concern here and may be gone, so the post-script stands for both.
    private static ScriptPlan Recorded(ScriptRecoveryState state)
    {
        var postScript = new ScriptCommand { Path = state.PostScript, Arguments = state.Arguments, Retries = state.Retries };
        return new ScriptPlan { PreScript = postScript, PostScript = postScript, Timeout = TimeSpan.FromSeconds(state.TimeoutSeconds) };
    }

    private static IReadOnlyList<SnapshotError> OfPostScript(IReadOnlyList<SnapshotError> errors)
    {
        var own = errors
            .Where(static error => !error.Is(ErrorCodes.PreScriptNotFound) && !error.Is(ErrorCodes.InsufficientPermissionforPreScript))
            .ToArray();
        return own.Length > 0 ? own : errors;
    }

    private static ScriptRecoveryState? Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, ScriptRecoveryJsonContext.Default.ScriptRecoveryState) is { PostScript.Length: > 0, TimeoutSeconds: >= 0.01 and <= 86_400, Retries: >= 0 } state
                ? state
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task<VerifiedPlan?> FromPlanAsync(ScriptRecoveryState state, CancellationToken deadline)
    {
        if (state.PlanPath is not { } path)
        {
            return null;
        }

        var load = await _loader.LoadAsync(path, deadline).ConfigureAwait(false);
        if (load.Plan is not { } plan)
        {
            return null;
        }

        var verification = await _guard.VerifyAsync(plan, deadline).ConfigureAwait(false);
        if (verification.Plan is not null)
        {
            Log.RecoveryUsesThePlan(_logger, state.PostScript, path);
        }

        return verification.Plan;
    }

    private async Task<ParticipantResult> RunAsync(
        VerifiedPlan plan, ScriptRecoveryState state, ParticipantRecoveryContext context, CancellationToken deadline)
    {
        var job = _jobs();
        await using var disposal = job.ConfigureAwait(false);
        return await job.RunAsync(
            new ScriptRun
            {
                Phase = ScriptPhase.Post,
                Script = plan.PostScript,
                Plan = state.Plan,
                RunId = context.RunId,
                Mounts = context.Mounts,
                Timeout = plan.Plan.Timeout,
                Outcome = SnapshotOutcome.Failed,
                Consistency = ConsistencyLevel.None,
                IsRecovery = true,
            },
            deadline).ConfigureAwait(false);
    }
}
