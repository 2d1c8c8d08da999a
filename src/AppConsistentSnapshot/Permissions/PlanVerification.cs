using AppConsistentSnapshot.Errors;

namespace AppConsistentSnapshot.Permissions;

/// <summary>What the guard found: a verified plan, or the reasons why there is none.</summary>
public sealed class PlanVerification
{
    /// <summary>Gets the verified plan, which the caller disposes, or <see langword="null"/> where there are errors.</summary>
    public VerifiedPlan? Plan { get; init; }

    /// <summary>Gets every finding (302, 303, 306, 307, 316, 317), each with the line that mends it.</summary>
    public IReadOnlyList<SnapshotError> Errors { get; init; } = [];

    /// <summary>Gets what is odd but harmless.</summary>
    public IReadOnlyList<SnapshotError> Warnings { get; init; } = [];
}
