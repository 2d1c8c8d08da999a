using AppConsistentSnapshot.Plans;

namespace AppConsistentSnapshot.Permissions;

/// <summary>Checks that only root can touch a plan, its scripts and the folders that hold them.</summary>
public interface IPermissionGuard
{
    /// <summary>Checks a plan file and both its scripts.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <returns>A verified plan, which the caller disposes, or every finding.</returns>
    ValueTask<PlanVerification> VerifyAsync(ScriptPlan plan, CancellationToken cancellationToken = default);

    /// <summary>Checks a host configuration file.</summary>
    /// <param name="configuration">The host configuration.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <returns>Every finding (314); empty where all is well.</returns>
    ValueTask<IReadOnlyList<Errors.SnapshotError>> VerifyHostConfigurationAsync(
        HostConfiguration configuration, CancellationToken cancellationToken = default);
}
