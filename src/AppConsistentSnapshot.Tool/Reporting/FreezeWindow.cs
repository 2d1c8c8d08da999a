using AppConsistentSnapshot.Reports;

namespace AppConsistentSnapshot.Tool.Reporting;

/// <summary>Knows from the progress whether file systems may be frozen.</summary>
internal sealed class FreezeWindow
{
    public bool IsOpen { get; private set; }

    public void Observe(SnapshotProgress progress)
    {
        IsOpen = progress.Step switch
        {
            StepName.Freeze => progress.Status is null or StepStatus.Succeeded,
            StepName.Cut or StepName.Confirm => IsOpen,
            StepName.Thaw => IsOpen && progress.Status is null,
            _ => false,
        };
    }
}
