#pragma warning disable CS1591 // The names are the contract's own words.
namespace AppConsistentSnapshot.Reports;

/// <summary>The steps of a run, in the order in which they come.</summary>
public enum StepName
{
    LoadPlan,
    CheckPermissions,
    Prepare,
    Flush,
    PreScript,
    Quiesce,
    Freeze,
    Cut,
    Confirm,
    Thaw,
    PostScript,
    Resume,
    Complete,
    RollBack,
}
