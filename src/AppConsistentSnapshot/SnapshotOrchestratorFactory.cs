namespace AppConsistentSnapshot;

/// <summary>Makes an orchestrator without a container.</summary>
public static class SnapshotOrchestratorFactory
{
    /// <summary>Makes an orchestrator.</summary>
    /// <param name="options">Limits and paths; <see langword="null"/> for the defaults. Copied: later changes have no effect.</param>
    /// <param name="components">Parts to use instead of the real ones.</param>
    /// <exception cref="PlatformNotSupportedException">A part that needs Linux was not replaced, and this is not Linux on x64 or arm64.</exception>
    public static ISnapshotOrchestrator Create(SnapshotOptions? options = null, SnapshotComponents? components = null) =>
        throw new InvalidOperationException($"Not composed yet: {options} {components}");
}
