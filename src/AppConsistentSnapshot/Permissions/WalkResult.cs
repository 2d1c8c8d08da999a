using System.Runtime.InteropServices;
using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Permissions;

/// <summary>Where a path led, and everything that is wrong on the way.</summary>
internal sealed class WalkResult : IDisposable
{
    /// <summary>The regular file at the end; null where there is none.</summary>
    public SafeHandle? File { get; set; }

    public FileStatus Status { get; set; }

    /// <summary>First what concerns the file, then the folders from <c>/</c> down.</summary>
    public required IReadOnlyList<PathFinding> Findings { get; init; }

    public void Dispose() => File?.Dispose();
}
