namespace AppConsistentSnapshot.Freezing;

/// <summary>A prepared freeze that can be armed before the first application is quiesced.</summary>
internal interface IArmedFreeze
{
    /// <summary>Gets what stands ready, or <see langword="null"/> before it was armed.</summary>
    IFreezer? Freezer { get; }

    /// <summary>Arms it. Repeated calls change nothing; a freeze that was not armed arms itself.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="FreezeException">What freezes cannot be had. Nothing was touched.</exception>
    ValueTask ArmAsync(CancellationToken cancellationToken);
}
