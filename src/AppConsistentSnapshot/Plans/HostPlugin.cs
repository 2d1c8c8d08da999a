namespace AppConsistentSnapshot.Plans;

/// <summary>One entry of the host configuration: one plan.</summary>
public sealed class HostPlugin
{
    /// <summary>Gets the label of the plug-in.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the folder of the plug-in's code in the reference implementation. It has no effect here.</summary>
    public required string Path { get; init; }

    /// <summary>Gets the path of its plan file.</summary>
    public required string PlanPath { get; init; }
}
