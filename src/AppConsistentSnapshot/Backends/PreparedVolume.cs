namespace AppConsistentSnapshot.Backends;

/// <summary>What a prepared cut needs of one volume, and does to it.</summary>
public sealed class PreparedVolume
{
    /// <summary>Gets the mount point.</summary>
    public required string Path { get; init; }

    /// <summary>Gets who has to freeze the volume.</summary>
    public required FreezeNeed FreezeNeed { get; init; }

    /// <summary>Gets why, where it is not <see cref="FreezeNeed.HostMustFreeze"/>.</summary>
    public string? Reason { get; init; }

    /// <summary>Gets paths of files or folders that the cut writes to. A cut that writes to a file system that is to be frozen is refused.</summary>
    public IReadOnlyList<string> WritesTo { get; init; } = [];

    /// <summary>Gets the physical disks behind the volume, as far as they can be told.</summary>
    public IReadOnlyList<string> PhysicalDisks { get; init; } = [];
}
