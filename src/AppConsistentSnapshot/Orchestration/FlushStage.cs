using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Freezing;
using AppConsistentSnapshot.Reports;

namespace AppConsistentSnapshot.Orchestration;

/// <summary>Writes dirty pages out: once before the first quiesce for the bulk, once after the last for the rest.</summary>
internal static class FlushStage
{
    public static async Task FlushAsync(RunContext run, Preparation preparation, CancellationToken quiesceDeadline, CancellationToken cancellationToken)
    {
        IPreparedFreeze[] targets = [.. new[] { preparation.Freeze, preparation.FlushOnly }.OfType<IPreparedFreeze>()];
        if (targets.Length == 0 || !run.Verdict.IsAlive || cancellationToken.IsCancellationRequested)
        {
            return;
        }

        var step = run.Recorder.Begin(StepName.Flush);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, quiesceDeadline);
        var outcomes = await Task.WhenAll(targets.Select(target =>
            run.Caller.CallAsync(target.FlushAsync, run.Options.FlushLimit, TimeSpan.Zero, stop.Token))).ConfigureAwait(false);
        foreach (var error in outcomes.SelectMany(static outcome => outcome.Value ?? []))
        {
            foreach (var volume in preparation.OnSameFileSystem(error.Subject ?? ""))
            {
                run.Verdict.LowerVolume(volume, ConsistencyLevel.Crash, error);
            }
        }

        foreach (var outcome in outcomes.Where(static outcome => outcome.Status is StepStatus.Failed or StepStatus.TimedOut))
        {
            // The freeze writes out whatever is still dirty: a slow flush costs time, not consistency.
            run.Recorder.Warning(Failures.Describe(outcome, "syncfs", "flush", ErrorCodes.FlushIncomplete, ErrorCodes.FlushIncomplete));
        }

        step.End(cancellationToken.IsCancellationRequested ? StepStatus.Cancelled : outcomes.Max(static outcome => outcome.Status));
    }
}
