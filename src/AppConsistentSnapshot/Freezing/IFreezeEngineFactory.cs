namespace AppConsistentSnapshot.Freezing;

/// <summary>Makes what freezes ready for one freeze.</summary>
internal interface IFreezeEngineFactory
{
    /// <summary>Arms a freezer; after this, freezing needs no further preparation.</summary>
    /// <param name="targets">The file systems, in the order of their levels.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="FreezeException">It cannot be had.</exception>
    ValueTask<IFreezer> ArmAsync(IReadOnlyList<FreezeTarget> targets, CancellationToken cancellationToken);
}
