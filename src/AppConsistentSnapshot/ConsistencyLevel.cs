namespace AppConsistentSnapshot;

/// <summary>How consistent a snapshot is, from least to most; the values can be compared.</summary>
public enum ConsistencyLevel
{
    /// <summary>There is no snapshot that can be relied on.</summary>
    None = 0,

    /// <summary>As after a power cut: what was on the disk at the cut, with whatever was still in memory missing.</summary>
    Crash = 1,

    /// <summary>All file systems were flushed and held still while they were cut; applications were not asked.</summary>
    FileSystem = 2,

    /// <summary>Every application was quiesced, and stayed so, while its file systems were cut.</summary>
    Application = 3,
}
