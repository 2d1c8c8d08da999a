using AppConsistentSnapshot.Diagnostics;
using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Interop;
using AppConsistentSnapshot.Plans;
using Microsoft.Extensions.Logging;

namespace AppConsistentSnapshot.Permissions;

// The promise of this class
// -------------------------
// - A verified plan is one that only root (or the owner set by option) can have written, and whose scripts only root can change,
//   exchange, or let another path lead to; also between the check and the execution, as far as the kernel can tell.
// - It looks at everything and reports all at once. What it cannot look at it does not trust.
// - Nothing is executed, opened for writing, or changed; devices and FIFOs are not even opened.
/// <inheritdoc cref="IPermissionGuard"/>
internal sealed class PermissionGuard : IPermissionGuard
{
    private readonly IFileInspector _inspector;
    private readonly EntryCheck _check;
    private readonly CheckedContent _content;
    private readonly CheckedCopyMaker _copies;
    private readonly ILogger<PermissionGuard> _logger;

    public PermissionGuard(SnapshotOptions options, IFileInspector inspector, IMemoryFileFactory memoryFiles, ILogger<PermissionGuard> logger)
    {
        _inspector = inspector;
        _check = new EntryCheck(inspector, options.Owner);
        _content = new CheckedContent(inspector);
        _copies = new CheckedCopyMaker(_content, memoryFiles);
        _logger = logger;
    }

    /// <inheritdoc/>
    public ValueTask<PlanVerification> VerifyAsync(ScriptPlan plan, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return new(InBackground.RunAsync(() => Verify(plan, cancellationToken), static late => late.Plan?.Dispose(), cancellationToken));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<SnapshotError>> VerifyHostConfigurationAsync(
        HostConfiguration configuration, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return new(InBackground.RunAsync(
            () => VerifyDocument(FileRole.HostConfiguration, configuration.Path, configuration.Sha256, configuration.Path, cancellationToken),
            static _ => { },
            cancellationToken));
    }

    private PlanVerification Verify(ScriptPlan plan, CancellationToken cancellationToken)
    {
        var subject = plan.Path ?? plan.PluginName;
        var errors = new List<SnapshotError>();
        var warnings = new List<SnapshotError>();
        if (plan.Path is not null)
        {
            errors.AddRange(VerifyDocument(FileRole.Plan, plan.Path, plan.Sha256, subject, cancellationToken));
        }

        VerifiedScript? pre = null;
        VerifiedScript? post = null;
        try
        {
            pre = VerifyScript(FileRole.PreScript, plan.PreScript, subject, errors, warnings, cancellationToken);
            post = VerifyScript(FileRole.PostScript, plan.PostScript, subject, errors, warnings, cancellationToken);
            LogResult(subject, errors, warnings);
            VerifiedPlan? verified = null;
            if (errors.Count == 0)
            {
                verified = new VerifiedPlan(plan, pre!, post!);
                pre = null;
                post = null;
            }

            return new PlanVerification { Plan = verified, Errors = errors, Warnings = warnings };
        }
        finally
        {
            pre?.Dispose();
            post?.Dispose();
        }
    }

    private VerifiedScript? VerifyScript(
        FileRole role, ScriptCommand script, string subject, List<SnapshotError> errors, List<SnapshotError> warnings, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        WalkResult? file = null;
        IMemoryFile? copy = null;
        try
        {
            file = Walk(role, script.Path);
            var findings = file.Findings;
            if (role == FileRole.PostScript && findings.Count == 0)
            {
                copy = _copies.Make(file, script.Path, out var finding, out var problem, cancellationToken);
                findings = finding is null ? [] : [finding];
                warnings.AddRange(problem == Errno.None ? [] : [CheckedCopyMaker.Unavailable(script.Path, subject, problem)]);
            }

            if (findings.Count > 0)
            {
                errors.AddRange(findings.Select(finding => role.ToError(finding, subject)));
                return null;
            }

            var verified = new VerifiedScript(script, role, subject, file, copy, () => Walk(role, script.Path));
            file = null;
            copy = null;
            return verified;
        }
        finally
        {
            copy?.Dispose();
            file?.Dispose();
        }
    }

    private IReadOnlyList<SnapshotError> VerifyDocument(
        FileRole role, string path, string? sha256, string subject, CancellationToken cancellationToken)
    {
        using var file = Walk(role, path);
        var findings = file.Findings;
        if (file.File is not null && DocumentHash.Compare(_content, file, path, sha256, cancellationToken) is { } changed)
        {
            findings = [.. findings, changed];
        }

        return [.. findings.Select(finding => role.ToError(finding, subject))];
    }

    private WalkResult Walk(FileRole role, string path) => PathWalk.Run(_inspector, _check, role.Rule, path);

    private void LogResult(string subject, List<SnapshotError> errors, List<SnapshotError> warnings)
    {
        foreach (var warning in warnings)
        {
            _logger.PermissionWarning(subject, warning.Message);
        }

        if (errors.Count == 0)
        {
            _logger.PlanVerified(subject);
        }
        else
        {
            _logger.PlanNotPermitted(subject, errors.Count, errors[0].Message);
        }
    }
}
