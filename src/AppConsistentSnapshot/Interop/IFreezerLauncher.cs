namespace AppConsistentSnapshot.Interop;

/// <summary>Starts the program that freezes and thaws.</summary>
internal interface IFreezerLauncher
{
    /// <summary>Starts it, in a session of its own, with nothing inherited but its end of the conversation and the file systems.</summary>
    IFreezerLink? Launch(FreezerLaunch launch, out Errno errno);
}
