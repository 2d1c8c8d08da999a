namespace AppConsistentSnapshot.Plans;

/// <summary>A validated host configuration (<c>VMSnapshotPluginHost.conf</c>): which plans take part, in which order. Immutable.</summary>
public sealed class HostConfiguration
{
    /// <summary>Gets the file that it was loaded from.</summary>
    public required string Path { get; init; }

    /// <summary>Gets the SHA-256 of the file's bytes in lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Gets the limit that no plan's own limit may exceed.</summary>
    /// <value>At most 1800 seconds, which is the default.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(1800);

    /// <summary>Gets the entries in file order; at least one.</summary>
    public required IReadOnlyList<HostPlugin> Plugins { get; init; }
}
