namespace AppConsistentSnapshot.Interop;

/// <summary>What became of reading a configuration file.</summary>
internal enum ConfigurationFileStatus
{
    /// <summary>The content is complete.</summary>
    Read,

    /// <summary>Nothing is at the path.</summary>
    NotFound,

    /// <summary>A folder, a pipe, a socket or a device is at the path.</summary>
    NotRegular,

    /// <summary>The content is the beginning of a file that is longer than allowed.</summary>
    TooLarge,

    /// <summary>The kernel did not let this process open or read it.</summary>
    Failed,
}
