namespace AppConsistentSnapshot.Recovery;

/// <summary>Cleans up after runs whose process died: thaws, resumes and rolls back what their journals say.</summary>
public interface ISnapshotRecovery
{
    /// <summary>Recovers every run that died on this host. A run that is under way is not disturbed. Repeated calls are harmless.</summary>
    /// <param name="request">The backends and participants that journals may name.</param>
    /// <param name="cancellationToken">Ends the recovery between two steps; what is not done yet is left to the next one.</param>
    /// <returns>What was done, and what is left behind. Expected failures are in it and are not thrown.</returns>
    /// <exception cref="OperationCanceledException">The caller gave up before anything was touched.</exception>
    Task<RecoveryReport> RecoverAsync(RecoveryRequest request, CancellationToken cancellationToken = default);
}
