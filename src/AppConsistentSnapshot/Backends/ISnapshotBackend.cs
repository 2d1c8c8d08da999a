using AppConsistentSnapshot.Reports;

namespace AppConsistentSnapshot.Backends;

/// <summary>Makes snapshots of volumes (what VSS calls a provider).</summary>
/// <remarks>
/// Everything but <see cref="PrepareAsync"/> works from an id of a report alone, also in another process and after a restart.
/// Errors are <see cref="SnapshotBackendException"/>; any other exception is reported as a defect.
/// </remarks>
public interface ISnapshotBackend
{
    /// <summary>Gets the backend's name in reports, such as <c>lvm</c>.</summary>
    string Name { get; }

    /// <summary>Gets whether the single-disk exception is on where a request does not say.</summary>
    bool SingleDiskFallbackByDefault { get; }

    /// <summary>Finds out everything that can be known to fail, and makes ready. Nothing is quiesced or frozen yet, and no snapshot is made.</summary>
    /// <param name="request">The volumes.</param>
    /// <param name="cancellationToken">Ends the preparation; what it had made is removed.</param>
    /// <returns>The prepared cut. The orchestrator disposes it.</returns>
    /// <exception cref="SnapshotBackendException">The volumes cannot be cut. Nothing is left behind.</exception>
    ValueTask<IPreparedCut> PrepareAsync(CutRequest request, CancellationToken cancellationToken);

    /// <summary>Lists the snapshots that this backend made and that are still there.</summary>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <exception cref="SnapshotBackendException">They could not be listed.</exception>
    ValueTask<IReadOnlyList<BackendSnapshot>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Makes the content of a snapshot readable on this host. The snapshot does not change.</summary>
    /// <param name="id">The snapshot's id from the report.</param>
    /// <param name="mountPoint">An existing empty folder to mount it on.</param>
    /// <param name="cancellationToken">Ends the call; what it had mounted is unmounted.</param>
    /// <returns>The exposed snapshot. Disposing it takes the mount away; leaving it undisposed leaves it mounted.</returns>
    /// <exception cref="SnapshotBackendException">It could not be mounted. Nothing is left mounted.</exception>
    ValueTask<IExposedSnapshot> ExposeReadOnlyAsync(string id, string mountPoint, CancellationToken cancellationToken);

    /// <summary>Deletes a snapshot.</summary>
    /// <param name="id">The snapshot's id from the report.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="SnapshotBackendException">It is not there, or could not be deleted.</exception>
    ValueTask DeleteAsync(string id, CancellationToken cancellationToken);

    /// <summary>Removes what a run whose process died had made, from its <see cref="IPreparedCut.RecoveryState"/> alone. Harmless when repeated.</summary>
    /// <param name="recoveryState">The prepared cut's recovery state.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>What could not be removed; empty where all is well.</returns>
    ValueTask<IReadOnlyList<LeftBehind>> RecoverAsync(string recoveryState, CancellationToken cancellationToken);
}
