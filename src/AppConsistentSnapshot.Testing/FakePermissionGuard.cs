using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Permissions;
using AppConsistentSnapshot.Plans;

namespace AppConsistentSnapshot.Testing;

/// <summary>A guard that lets everything pass but what it was told to refuse. It looks at no file.</summary>
public sealed class FakePermissionGuard : IPermissionGuard
{
    private readonly Dictionary<string, SnapshotError> _refused = new(StringComparer.Ordinal);

    /// <summary>Gets how many verified plans have not been disposed.</summary>
    public int OpenPlans { get; internal set; }

    /// <summary>Refuses a plan or host configuration.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="error">The finding.</param>
    public FakePermissionGuard Refuse(string path, SnapshotError error)
    {
        _refused[path] = error;
        return this;
    }

    /// <inheritdoc/>
    public ValueTask<PlanVerification> VerifyAsync(ScriptPlan plan, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        cancellationToken.ThrowIfCancellationRequested();
        if (plan.Path is not null && _refused.TryGetValue(plan.Path, out var error))
        {
            return ValueTask.FromResult(new PlanVerification { Errors = [error] });
        }

        OpenPlans++;
#pragma warning disable CA2000 // The verified plan owns them.
        var verified = new VerifiedPlan(plan, new FakeVerifiedScript(plan.PreScript, static () => { }), new FakeVerifiedScript(plan.PostScript, () => OpenPlans--));
#pragma warning restore CA2000
        return ValueTask.FromResult(new PlanVerification { Plan = verified });
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<SnapshotError>> VerifyHostConfigurationAsync(
        HostConfiguration configuration, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return ValueTask.FromResult<IReadOnlyList<SnapshotError>>(_refused.TryGetValue(configuration.Path, out var error) ? [error] : []);
    }
}
