using AppConsistentSnapshot.Errors;

namespace AppConsistentSnapshot.Freezing;

/// <summary>File systems that are open and ready to be frozen. Disposing it closes them.</summary>
public interface IPreparedFreeze : IAsyncDisposable
{
    /// <summary>Gets the file systems, each once, in the order in which they freeze.</summary>
    IReadOnlyList<MountedFileSystem> FileSystems { get; }

    /// <summary>Writes dirty pages out (<c>syncfs(2)</c>, in parallel), so that the freeze itself has little to write.</summary>
    /// <param name="cancellationToken">Stops waiting for it.</param>
    /// <returns>Write-back errors by file system (<see cref="ErrorCodes.WriteBackError"/>, <see cref="SnapshotError.Subject"/> is the mount point).</returns>
    ValueTask<IReadOnlyList<SnapshotError>> FlushAsync(CancellationToken cancellationToken);

    /// <summary>Freezes all file systems; if one fails, those that did freeze are thawed.</summary>
    /// <param name="limit">The longest time that writes may be held, counted from the first freeze. At its end everything is thawed, whatever else hangs.</param>
    /// <param name="cancellationToken">Gives up and thaws. It never stops a thaw.</param>
    /// <returns>The lease that keeps them frozen until it is thawed or the limit is over.</returns>
    /// <exception cref="FreezeException">One could not be frozen in time. Nothing is frozen any more but what <see cref="FreezeException.LeftBehind"/> names.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up. Nothing is frozen any more.</exception>
    ValueTask<IFreezeLease> FreezeAsync(TimeSpan limit, CancellationToken cancellationToken);
}
