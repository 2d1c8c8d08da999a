using AppConsistentSnapshot.Reports;

namespace AppConsistentSnapshot.Backends;

/// <summary>A cut that is ready to be made.</summary>
/// <remarks>
/// <see cref="CutAsync"/> is called at most once, then <see cref="CompleteAsync"/> or <see cref="RollBackAsync"/>.
/// <see cref="IAsyncDisposable.DisposeAsync"/> releases handles only: it never deletes a snapshot.
/// </remarks>
public interface IPreparedCut : IAsyncDisposable
{
    /// <summary>Gets what <see cref="ISnapshotBackend.RecoverAsync"/> needs in another process. Journalled before the cut.</summary>
    string RecoveryState { get; }

    /// <summary>Gets what the cut needs of, and does to, each volume.</summary>
    IReadOnlyList<PreparedVolume> Volumes { get; }

    /// <summary>Gets how long <see cref="CutAsync"/> will take for all volumes, as far as can be told.</summary>
    TimeSpan EstimatedCutTime { get; }

    /// <summary>Makes the cut. Only this happens while the file systems are frozen: it writes to nothing but what the volumes name, and does not log.</summary>
    /// <param name="cancellationToken">Fires when the freeze window is over. The cut is worth nothing from then on.</param>
    /// <returns>The snapshots that were cut, each with the time span in which its point in time lies.</returns>
    /// <exception cref="SnapshotBackendException">A volume was not cut.</exception>
    ValueTask<IReadOnlyList<BackendSnapshot>> CutAsync(CancellationToken cancellationToken);

    /// <summary>Verifies the snapshots and makes them usable, after the thaw.</summary>
    /// <param name="context">What was reached for each volume, to be kept with the snapshot.</param>
    /// <param name="cancellationToken">Ends the call; the orchestrator rolls back then.</param>
    /// <returns>The snapshots as they are kept.</returns>
    /// <exception cref="SnapshotBackendException">A snapshot is not usable. The orchestrator rolls back.</exception>
    ValueTask<IReadOnlyList<BackendSnapshot>> CompleteAsync(CompletionContext context, CancellationToken cancellationToken);

    /// <summary>Removes everything that this cut has made, finished or not. Also called when <see cref="CutAsync"/> failed.</summary>
    /// <param name="cancellationToken">Fires when the time for it is over. It is never the caller's token.</param>
    /// <returns>What could not be removed; empty where all is well.</returns>
    ValueTask<IReadOnlyList<LeftBehind>> RollBackAsync(CancellationToken cancellationToken);
}
