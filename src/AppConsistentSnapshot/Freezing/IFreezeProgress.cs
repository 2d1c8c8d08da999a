namespace AppConsistentSnapshot.Freezing;

/// <summary>Knows where the engine is with each file system even if the engine dies within the next instruction.</summary>
internal interface IFreezeProgress
{
    /// <summary>Called before the call that a phase stands for, and when it is over. It must not block and must not throw.</summary>
    void Note(int target, FreezePhase phase);
}
