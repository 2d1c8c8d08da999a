using AppConsistentSnapshot.Errors;

namespace AppConsistentSnapshot.Plans;

/// <summary>What became of loading a plan: the plan, or every problem at once.</summary>
public sealed class ScriptPlanLoadResult
{
    /// <summary>Gets the file that was named.</summary>
    public required string Path { get; init; }

    /// <summary>Gets the plan, or <see langword="null"/> where there are errors.</summary>
    public ScriptPlan? Plan { get; init; }

    /// <summary>Gets every problem that keeps the plan from being used (305, 316, 317).</summary>
    public IReadOnlyList<SnapshotError> Errors { get; init; } = [];

    /// <summary>Gets what is odd but harmless.</summary>
    public IReadOnlyList<SnapshotError> Warnings { get; init; } = [];

    /// <summary>Gets <c>continueBackupOnFailure</c> as far as it could be read, also from a plan that is wrong otherwise.</summary>
    public bool ContinueBackupOnFailure { get; init; } = true;

    /// <summary>Gets <c>fsFreezeEnabled</c> as far as it could be read, also from a plan that is wrong otherwise.</summary>
    public bool FsFreezeEnabled { get; init; } = true;
}
