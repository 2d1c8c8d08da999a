namespace AppConsistentSnapshot.Interop;

/// <summary>What was read of a configuration file, or why not.</summary>
internal sealed class ConfigurationFileContent
{
    public required ConfigurationFileStatus Status { get; init; }

    /// <summary>The bytes as they are in the file; the first of them where it is too large.</summary>
    public ReadOnlyMemory<byte> Bytes { get; init; }

    /// <summary>The kernel's answer where nothing was found or reading failed.</summary>
    public Errno Errno { get; init; }

    /// <summary>What stands at the path instead of a regular file, such as <c>a folder</c>.</summary>
    public string? Kind { get; init; }
}
