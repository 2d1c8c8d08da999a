namespace AppConsistentSnapshot.Reports;

/// <summary>The host that a run took place on.</summary>
public sealed class HostEntry
{
    /// <summary>Gets the id of the boot (<c>/proc/sys/kernel/random/boot_id</c>), or <see langword="null"/> where there is none.</summary>
    public string? BootId { get; init; }

    /// <summary>Gets the kernel's release.</summary>
    public required string Kernel { get; init; }

    /// <summary>Gets the version of this library.</summary>
    public required string Version { get; init; }
}
