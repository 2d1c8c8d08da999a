using AppConsistentSnapshot.Errors;

namespace AppConsistentSnapshot.Plans;

/// <summary>What became of loading a host configuration: the configuration, or every problem at once.</summary>
public sealed class HostConfigurationLoadResult
{
    /// <summary>Gets the file that was named.</summary>
    public required string Path { get; init; }

    /// <summary>Gets the configuration, or <see langword="null"/> where there are errors.</summary>
    public HostConfiguration? Configuration { get; init; }

    /// <summary>Gets every problem that keeps the configuration from being used (304, 313, 314).</summary>
    public IReadOnlyList<SnapshotError> Errors { get; init; } = [];

    /// <summary>Gets what is odd but harmless.</summary>
    public IReadOnlyList<SnapshotError> Warnings { get; init; } = [];
}
