namespace AppConsistentSnapshot.Interop;

/// <summary>A block device that a file system is mounted from.</summary>
internal sealed class SourceDevice
{
    /// <summary>Gets the kernel's name, such as <c>loop0p1</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Gets its <c>major:minor</c>.</summary>
    public required string Number { get; init; }

    /// <summary>Gets the name of the whole device, such as <c>loop0</c>; the same as <see cref="Name"/> where it is no partition.</summary>
    public required string WholeName { get; init; }

    /// <summary>Gets the byte of the whole device at which it begins.</summary>
    public required long Start { get; init; }

    /// <summary>Gets its size in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Gets the smallest unit that it can be addressed by, in bytes.</summary>
    public required int LogicalBlockSize { get; init; }

    /// <summary>Gets the path of the file behind a loop device, as the kernel tells it.</summary>
    public string? BackingFile { get; init; }
}
