using AppConsistentSnapshot.Interop;
using Microsoft.Win32.SafeHandles;

namespace AppConsistentSnapshot.Backends.Images;

/// <summary>The file that a file system lies in, open, and where in it.</summary>
internal sealed class LoopSource : IDisposable
{
    public required SafeFileHandle Handle { get; init; }

    public required string BackingFile { get; init; }

    public required long BackingLength { get; init; }

    /// <summary>The block device that the file system is mounted from.</summary>
    public required SourceDevice Device { get; init; }

    public required LoopGeometry Geometry { get; init; }

    public required IReadOnlyList<string> PhysicalDisks { get; init; }

    public ByteRange Range => new(Geometry.Offset, Math.Min(Geometry.Offset + Geometry.Size, BackingLength));

    public void Dispose() => Handle.Dispose();
}
