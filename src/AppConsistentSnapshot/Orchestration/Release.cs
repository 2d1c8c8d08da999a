using AppConsistentSnapshot.Diagnostics;
using AppConsistentSnapshot.Reports;

namespace AppConsistentSnapshot.Orchestration;

/// <summary>Disposes what others own a part of. What goes wrong there is logged: it must not cost a run its report.</summary>
internal static class Release
{
    public static async ValueTask QuietlyAsync(RunContext run, IAsyncDisposable? resource, string subject)
    {
        if (resource is null)
        {
            return;
        }

        var outcome = await run.Caller.CallAsync(
            async _ =>
            {
                await resource.DisposeAsync().ConfigureAwait(false);
                return true;
            },
            run.Patience, TimeSpan.Zero, CancellationToken.None).ConfigureAwait(false);
        if (outcome.Status is not StepStatus.Succeeded)
        {
            run.Logger.ReleaseFailed(run.RunId, subject, outcome.Status, outcome.Exception);
        }
    }
}
