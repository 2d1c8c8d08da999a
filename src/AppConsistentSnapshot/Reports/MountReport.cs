namespace AppConsistentSnapshot.Reports;

/// <summary>What became of one mount in the freeze.</summary>
public sealed class MountReport
{
    /// <summary>Gets the mount point.</summary>
    public required string Path { get; init; }

    /// <summary>Gets the type of its file system, such as <c>ext4</c>.</summary>
    public string? FileSystem { get; init; }

    /// <summary>Gets what became of it.</summary>
    public required MountStatus Status { get; init; }

    /// <summary>Gets why, where it was not frozen by this run.</summary>
    public string? Reason { get; init; }

    /// <summary>Gets how long the freeze took, in milliseconds.</summary>
    public double? FreezeMilliseconds { get; init; }

    /// <summary>Gets how long the thaw took, in milliseconds.</summary>
    public double? ThawMilliseconds { get; init; }
}
