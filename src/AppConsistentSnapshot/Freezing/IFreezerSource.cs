namespace AppConsistentSnapshot.Freezing;

/// <summary>Makes freezers for who has nothing to freeze.</summary>
internal interface IFreezerSource
{
    /// <summary>Arms a freezer without file systems: it only resumes applications if this process dies.</summary>
    /// <exception cref="FreezeException">None can be had.</exception>
    ValueTask<IFreezer> ArmWithoutFileSystemsAsync(CancellationToken cancellationToken);
}
