using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Plans;

namespace AppConsistentSnapshot.Testing;

/// <summary>A plan loader that knows what it was told, and finds nothing else.</summary>
public sealed class FakeScriptPlanLoader : IScriptPlanLoader
{
    private readonly Dictionary<string, ScriptPlanLoadResult> _plans = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HostConfigurationLoadResult> _hosts = new(StringComparer.Ordinal);

    /// <summary>Puts a good plan in place.</summary>
    /// <param name="path">Where.</param>
    /// <param name="continueBackupOnFailure">Its <c>continueBackupOnFailure</c>.</param>
    /// <param name="fsFreezeEnabled">Its <c>fsFreezeEnabled</c>.</param>
    public FakeScriptPlanLoader AddPlan(string path, bool continueBackupOnFailure = true, bool fsFreezeEnabled = true) => AddPlan(new ScriptPlanLoadResult
    {
        Path = path,
        ContinueBackupOnFailure = continueBackupOnFailure,
        FsFreezeEnabled = fsFreezeEnabled,
        Plan = new ScriptPlan
        {
            Path = path,
            Sha256 = new string('0', 64),
            PreScript = new ScriptCommand { Path = path + ".pre" },
            PostScript = new ScriptCommand { Path = path + ".post" },
            ContinueBackupOnFailure = continueBackupOnFailure,
            FsFreezeEnabled = fsFreezeEnabled,
        },
    });

    /// <summary>Puts a plan, good or not, in place.</summary>
    /// <param name="result">What loading it comes to.</param>
    public FakeScriptPlanLoader AddPlan(ScriptPlanLoadResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        _plans[result.Path] = result;
        return this;
    }

    /// <summary>Puts a host configuration in place.</summary>
    /// <param name="result">What loading it comes to.</param>
    public FakeScriptPlanLoader AddHostConfiguration(HostConfigurationLoadResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        _hosts[result.Path] = result;
        return this;
    }

    /// <inheritdoc/>
    public ValueTask<ScriptPlanLoadResult> LoadAsync(string path, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_plans.TryGetValue(path, out var result) ? result : new ScriptPlanLoadResult
        {
            Path = path,
            Errors = [new SnapshotError(ErrorCodes.PlanNotFound, $"There is no plan at '{path}'.") { Path = path }],
        });
    }

    /// <inheritdoc/>
    public ValueTask<HostConfigurationLoadResult> LoadHostConfigurationAsync(string path, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_hosts.TryGetValue(path, out var result) ? result : new HostConfigurationLoadResult
        {
            Path = path,
            Errors = [new SnapshotError(ErrorCodes.HostConfigurationNotFound, $"There is no host configuration at '{path}'.") { Path = path }],
        });
    }
}
