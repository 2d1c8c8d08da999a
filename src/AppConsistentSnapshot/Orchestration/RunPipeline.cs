using AppConsistentSnapshot.Errors;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace AppConsistentSnapshot.Orchestration;

/// <summary>How whole runs are tried again: timeout outside, retry inside.</summary>
internal static class RunPipeline
{
    /// <summary>What a second run can cure: scripts, freezes and cuts. What it left behind, or a wrong plan, it cannot.</summary>
    private static readonly ErrorCode[] Curable =
    [
        ErrorCodes.PreScriptExecutionFailed, ErrorCodes.PreScriptTimeout, ErrorCodes.QuiesceFailed, ErrorCodes.QuiesceTimeout,
        ErrorCodes.NoLongerQuiesced, ErrorCodes.FreezeFailed, ErrorCodes.FreezeTimeout, ErrorCodes.FreezeLost, ErrorCodes.CutFailed,
    ];

    public static ResiliencePipeline<AttemptResult> Create(SnapshotOptions options, TimeProvider timeProvider)
    {
        var builder = new ResiliencePipelineBuilder<AttemptResult> { Name = "AppConsistentSnapshot.Run", TimeProvider = timeProvider };
        if (options.RunLimit is { } limit)
        {
            builder.AddTimeout(new TimeoutStrategyOptions { Timeout = limit });
        }

        // Polly refuses a retry strategy of zero retries.
        return options.RunRetries == 0 ? builder.Build() : builder
            .AddRetry(new RetryStrategyOptions<AttemptResult>
            {
                MaxRetryAttempts = options.RunRetries,
                Delay = options.RunRetryDelay,
                ShouldHandle = static arguments => new(arguments.Outcome.Result is { } result && IsWorthAnotherTry(result)),
            })
            .Build();
    }

    private static bool IsWorthAnotherTry(AttemptResult result) =>
        result is { ContinueOnFailure: false, Report: { Outcome: SnapshotOutcome.Failed, LeftBehind: [], Errors: [var first, ..] } }
        && Curable.Any(first.Is);
}
