using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Testing;

/// <summary>A host with as many disks as a test wants.</summary>
internal sealed class FakeHostFacts : IHostFacts
{
    public string? BootId => "00000000-0000-0000-0000-000000000000";

    public string Kernel => "fake";

    public int PersistentDisks { get; set; } = 2;

    public int CountPersistentDisks() => PersistentDisks;

    public string ResolveLinks(string path) => path;
}
