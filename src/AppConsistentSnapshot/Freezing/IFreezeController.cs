namespace AppConsistentSnapshot.Freezing;

/// <summary>Freezes file systems, all or none, and thaws what it froze and nothing else.</summary>
public interface IFreezeController
{
    /// <summary>Looks up paths in the mount table. Touches no file system, so it cannot hang on a dead network mount.</summary>
    /// <param name="paths">Absolute paths: mount points, or anything on them.</param>
    /// <returns>One inspection for each path, in the same order.</returns>
    IReadOnlyList<MountInspection> Inspect(IReadOnlyList<string> paths);

    /// <summary>Opens mount points to be frozen together: one for each file system, in the order in which they have to freeze.</summary>
    /// <param name="mountPoints">Mount points; several of the same file system count once.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The prepared freeze, which the caller disposes. Nothing is frozen yet.</returns>
    /// <exception cref="FreezeException">One of them cannot be frozen. Nothing was touched.</exception>
    ValueTask<IPreparedFreeze> PrepareAsync(IReadOnlyList<string> mountPoints, CancellationToken cancellationToken);
}
