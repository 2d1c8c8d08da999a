namespace AppConsistentSnapshot.Freezing;

/// <summary>Freezes a set of file systems once and thaws what it froze. Each command is a message: it returns at once, and notices tell what came of it.</summary>
internal interface IFreezeEngine
{
    /// <summary>Freezes everything, or nothing for long.</summary>
    /// <param name="limit">When it thaws by itself, from the first FIFREEZE.</param>
    void Freeze(TimeSpan limit);

    /// <summary>Asks the kernel whether everything still is frozen.</summary>
    /// <param name="number">A number larger than that of the probe before.</param>
    void Probe(int number);

    /// <summary>Thaws everything and ends the engine. Repeated calls change nothing.</summary>
    void Release();
}
