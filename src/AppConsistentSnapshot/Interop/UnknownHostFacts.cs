using System.Runtime.InteropServices;

namespace AppConsistentSnapshot.Interop;

/// <summary>A host of which nothing is known: not Linux, so everything on it is a fake.</summary>
internal sealed class UnknownHostFacts : IHostFacts
{
    public string? BootId => null;

    public string Kernel => RuntimeInformation.OSDescription;

    public string? ReadLink(string path) => null;

    // Not one: the single-disk exception is for hosts of which that much is known.
    public int CountPersistentDisks() => 0;
}
