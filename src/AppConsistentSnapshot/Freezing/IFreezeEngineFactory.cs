namespace AppConsistentSnapshot.Freezing;

/// <summary>Makes an engine ready for one freeze.</summary>
internal interface IFreezeEngineFactory
{
    /// <summary>Starts an engine; when this returns, freezing needs no further preparation. It has to be released, whatever happens.</summary>
    /// <param name="targets">The file systems; the engine keeps their descriptors open as long as it needs them.</param>
    /// <param name="limit">When it thaws by itself, from the first FIFREEZE.</param>
    /// <param name="notify">Called for each notice, one after the other, on a thread of the engine. It must not block and must not throw.</param>
    IFreezeEngine Start(IReadOnlyList<FreezeTarget> targets, TimeSpan limit, Action<FreezeNotice> notify);
}
