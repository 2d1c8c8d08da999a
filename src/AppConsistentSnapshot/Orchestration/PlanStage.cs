using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Participants;
using AppConsistentSnapshot.Permissions;
using AppConsistentSnapshot.Plans;
using AppConsistentSnapshot.Reports;

namespace AppConsistentSnapshot.Orchestration;

/// <summary>plan ► guard: finds the plans of a request, loads and verifies them, and sets the failure policy that they ask for.</summary>
internal sealed class PlanStage
{
    private readonly RunContext _run;
    private readonly List<PlanEntry> _entries = [];
    private readonly List<VerifiedPlan> _verified = [];
    private readonly List<SnapshotError> _errors = [];
    private bool _continueOnFailure;
    private bool _freeze = true;

    public PlanStage(RunContext run)
    {
        _run = run;
        _continueOnFailure = run.Request.ContinueOnFailure;
    }

    /// <summary>Loads and verifies. Where it throws, nothing stays open.</summary>
    public async Task<PlanSet> LoadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await LoadAllAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            _verified.ForEach(static plan => plan.Dispose());
            throw;
        }
    }

    private async Task<PlanSet> LoadAllAsync(CancellationToken cancellationToken)
    {
        var request = _run.Request;
        if (request.Consistency < ConsistencyLevel.Application)
        {
            WarnOfIgnoredPlans();
            SetPolicy();
            return new PlanSet([], [], []);
        }

        foreach (var (path, cap) in await FindPlansAsync(cancellationToken).ConfigureAwait(false))
        {
            await LoadAsync(path, cap, cancellationToken).ConfigureAwait(false);
        }

        IReadOnlyList<IApplicationParticipant> participants = [.. _verified.Select(_run.ScriptParticipants), .. request.Participants];
        _continueOnFailure &= participants.All(static participant => participant.Info.ContinueOnFailure);
        _freeze &= participants.All(static participant => participant.Info.FreezeFileSystems);
        SetPolicy();
        if (participants.Count == 0 && _errors.Count == 0)
        {
            _errors.Add(new SnapshotError(ErrorCodes.PlanNotFound, "No plan and no participant takes part, so no application could be quiesced."));
        }

        if (_errors.Count == 0)
        {
            return new PlanSet(_entries, participants, _verified);
        }

        // One unusable plan means that the snapshot cannot be application-consistent: then no application is disturbed.
        _run.Verdict.Record(Incident.ScriptsUnusable, _errors);
        return new PlanSet(_entries, [], _verified);
    }

    private void SetPolicy()
    {
        var request = _run.Request;
        var exception = request.SingleDiskFallback
            ?? (request.Volumes.Count > 0 && request.Volumes.All(static volume => volume.Backend.SingleDiskFallbackByDefault));
        _run.Verdict.Policy = new FailurePolicy(_continueOnFailure, _freeze, exception && _run.HostFacts.CountPersistentDisks() == 1);
    }

    private void WarnOfIgnoredPlans()
    {
        var request = _run.Request;
        foreach (var path in request.PlanPaths.Append(request.HostConfigurationPath).OfType<string>())
        {
            _run.Recorder.Warning(new SnapshotError(
                ErrorCodes.PlanIgnored, $"'{path}' was not looked at: a request for {request.Consistency} consistency runs no script.")
            { Path = path });
        }
    }

    /// <summary>The plans of the request, or those of the options where it names nothing, each with the limit that the host configuration sets.</summary>
    private async Task<IReadOnlyList<(string Path, TimeSpan? Cap)>> FindPlansAsync(CancellationToken cancellationToken)
    {
        var request = _run.Request;
        var namesNothing = request is { PlanPaths: [], HostConfigurationPath: null, Participants: [] };
        var hostPath = request.HostConfigurationPath ?? (namesNothing ? _run.Options.HostConfigurationPath : null);
        var host = hostPath is null
            ? null
            : await LoadHostAsync(hostPath, mustExist: request.HostConfigurationPath is not null, cancellationToken).ConfigureAwait(false);
        var own = namesNothing && host is null && _errors.Count == 0 ? [_run.Options.PlanPath] : request.PlanPaths;
        var listed = host?.Plugins.Select(static plugin => plugin.PlanPath) ?? [];
        return [.. listed.Union(own, StringComparer.Ordinal).Select(path => (path, host?.Timeout))];
    }

    private async Task<HostConfiguration?> LoadHostAsync(string path, bool mustExist, CancellationToken cancellationToken)
    {
        var step = _run.Recorder.Begin(StepName.LoadPlan, path);
        var result = await _run.PlanLoader.LoadHostConfigurationAsync(path, cancellationToken).ConfigureAwait(false);
        if (!mustExist && result.Errors is [var only] && only.Is(ErrorCodes.HostConfigurationNotFound))
        {
            step.End(StepStatus.Skipped);
            return null;
        }

        Note(result.Errors, result.Warnings);
        step.End(result.Errors.Count == 0 ? StepStatus.Succeeded : StepStatus.Failed);
        if (result.Configuration is not { } configuration)
        {
            return null;
        }

        step = _run.Recorder.Begin(StepName.CheckPermissions, path);
        var findings = await _run.PermissionGuard.VerifyHostConfigurationAsync(configuration, cancellationToken).ConfigureAwait(false);
        Note(findings, []);
        step.End(findings.Count == 0 ? StepStatus.Succeeded : StepStatus.Failed);
        return findings.Count == 0 ? configuration : null;
    }

    private async Task LoadAsync(string path, TimeSpan? cap, CancellationToken cancellationToken)
    {
        var step = _run.Recorder.Begin(StepName.LoadPlan, path);
        var loaded = await _run.PlanLoader.LoadAsync(path, cancellationToken).ConfigureAwait(false);
        Note(loaded.Errors, loaded.Warnings);
        step.End(loaded.Plan is null ? StepStatus.Failed : StepStatus.Succeeded);
        _entries.Add(new PlanEntry { Path = path, Sha256 = loaded.Plan?.Sha256 });
        _continueOnFailure &= loaded.ContinueBackupOnFailure;
        _freeze &= loaded.FsFreezeEnabled;
        if (loaded.Plan is not { } plan)
        {
            return;
        }

        step = _run.Recorder.Begin(StepName.CheckPermissions, path);
        var verification = await _run.PermissionGuard.VerifyAsync(plan.CappedAt(cap), cancellationToken).ConfigureAwait(false);
        Note(verification.Errors, verification.Warnings);
        step.End(verification.Plan is null ? StepStatus.Failed : StepStatus.Succeeded);
        if (verification.Plan is { } verified)
        {
            _verified.Add(verified);
        }
    }

    private void Note(IReadOnlyList<SnapshotError> errors, IReadOnlyList<SnapshotError> warnings)
    {
        _errors.AddRange(errors);
        foreach (var warning in warnings)
        {
            _run.Recorder.Warning(warning);
        }
    }
}
