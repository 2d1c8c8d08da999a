using System.Runtime.InteropServices;

namespace AppConsistentSnapshot.Interop;

/// <summary>How the freezer is started.</summary>
internal sealed class FreezerLaunch
{
    /// <summary>What is executed.</summary>
    public required string Path { get; init; }

    /// <summary>All arguments, the zeroth too.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>The whole environment.</summary>
    public required IReadOnlyList<string> Environment { get; init; }

    /// <summary>What it inherits besides its end of the conversation.</summary>
    public required IReadOnlyList<SafeHandle> FileSystems { get; init; }
}
