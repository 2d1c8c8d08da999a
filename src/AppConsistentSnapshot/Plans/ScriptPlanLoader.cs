using AppConsistentSnapshot.Diagnostics;
using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Interop;
using Microsoft.Extensions.Logging;

namespace AppConsistentSnapshot.Plans;

/// <summary>Loads plans and host configurations. Whatever stands in a file, a result comes out: a plan, or all that is wrong.</summary>
internal sealed class ScriptPlanLoader : IScriptPlanLoader
{
    private readonly IConfigurationFile _file;
    private readonly ILogger<ScriptPlanLoader> _logger;

    public ScriptPlanLoader(IConfigurationFile file, ILogger<ScriptPlanLoader> logger)
    {
        _file = file;
        _logger = logger;
    }

    public async ValueTask<ScriptPlanLoadResult> LoadAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        cancellationToken.ThrowIfCancellationRequested();
        var result = PlanFile.Plan.FaultOf(path) is { } fault
            ? new() { Path = path, Errors = [fault] }
            : Parse(path, await ReadAsync(path, cancellationToken).ConfigureAwait(false));
        if (result.Plan is null)
        {
            _logger.PlanRefused(path, result.Errors.Count, result.Errors[0].Message);
        }
        else
        {
            _logger.PlanLoaded(path, result.Plan.Sha256!, result.Warnings.Count);
        }

        return result;
    }

    public async ValueTask<HostConfigurationLoadResult> LoadHostConfigurationAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        cancellationToken.ThrowIfCancellationRequested();
        var result = PlanFile.HostConfiguration.FaultOf(path) is { } fault
            ? new() { Path = path, Errors = [fault] }
            : ParseHostConfiguration(path, await ReadAsync(path, cancellationToken).ConfigureAwait(false));
        if (result.Configuration is not { } configuration)
        {
            _logger.HostConfigurationRefused(path, result.Errors.Count, result.Errors[0].Message);
        }
        else
        {
            _logger.HostConfigurationLoaded(path, configuration.Sha256, configuration.Plugins.Count, result.Warnings.Count);
        }

        return result;
    }

    private static ScriptPlanLoadResult Parse(string path, ConfigurationFileContent content)
    {
        var context = new PlanContext(PlanFile.WithoutMark(content.Bytes), path);
        IReadOnlyList<SnapshotError> errors;
        if (PlanFile.Plan.FaultOf(path, content) is { } fault)
        {
            PlanReader.LookFurther(context, 0);
            errors = [fault];
        }
        else
        {
            PlanReader.Read(context);
            errors = context.Errors.ToErrors();
        }

        return new()
        {
            Path = path,
            Plan = errors.Count == 0 ? context.Draft.ToPlan(path, PlanFile.Sha256(content.Bytes)) : null,
            Errors = errors,
            Warnings = context.Warnings.ToErrors(),
            ContinueBackupOnFailure = context.Draft.ContinueBackupOnFailure,
            FsFreezeEnabled = context.Draft.FsFreezeEnabled,
        };
    }

    private static HostConfigurationLoadResult ParseHostConfiguration(string path, ConfigurationFileContent content)
    {
        if (PlanFile.HostConfiguration.FaultOf(path, content) is { } fault)
        {
            return new() { Path = path, Errors = [fault] };
        }

        var context = new HostConfigurationContext(path);
        var draft = HostConfigurationReader.Read(PlanFile.WithoutMark(content.Bytes), context);
        return new()
        {
            Path = path,
            Configuration = context.Errors.IsEmpty ? draft.ToConfiguration(path, PlanFile.Sha256(content.Bytes)) : null,
            Errors = context.Errors.ToErrors(),
            Warnings = context.Warnings.ToErrors(),
        };
    }

    // Not on the caller's thread: a file on a server that is gone blocks, and a blocked read cannot be ended, only left.
    private Task<ConfigurationFileContent> ReadAsync(string path, CancellationToken cancellationToken) =>
        Task.Run(() => _file.Read(path, PlanFile.Limit), CancellationToken.None).WaitAsync(cancellationToken);
}
