namespace AppConsistentSnapshot.Interop;

/// <summary>The two signals that end a script; the values are those of signal(7).</summary>
internal enum ProcessSignal
{
    Kill = 9,
    Terminate = 15,
}
