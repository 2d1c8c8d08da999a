using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Testing;

/// <summary>A host with as many disks as a test wants.</summary>
internal sealed class FakeHostFacts : IHostFacts
{
    public string? BootId => "00000000-0000-0000-0000-000000000000";

    public string Kernel => "fake";

    public int PersistentDisks { get; set; } = 2;

    public int CountPersistentDisks() => PersistentDisks;

    /// <summary>The symbolic links of this host.</summary>
    public Dictionary<string, string> Links { get; } = new(StringComparer.Ordinal);

    public string? ReadLink(string path) => Links.GetValueOrDefault(path);
}
