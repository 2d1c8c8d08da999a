using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace AppConsistentSnapshot.Scripts;

/// <summary>The one place where the tries of scripts are composed.</summary>
internal static class ScriptPipelines
{
    /// <summary>The range of limits that Polly takes.</summary>
    public static readonly TimeSpan ShortestLimit = TimeSpan.FromMilliseconds(10);

    /// <inheritdoc cref="ShortestLimit"/>
    public static readonly TimeSpan LongestLimit = TimeSpan.FromDays(1);

    /// <summary>Timeout outside, retry inside: one limit for all tries together. Without retries there is no retry strategy, since Polly refuses 0.</summary>
    /// <remarks>The timeout only cancels the try's token; the try then ends its process itself, within the grace period.</remarks>
    public static ResiliencePipeline<ScriptTryResult> Create(TimeSpan timeout, int retries, TimeSpan delay, TimeProvider timeProvider)
    {
        var builder = new ResiliencePipelineBuilder<ScriptTryResult> { Name = "script", TimeProvider = timeProvider }
            .AddTimeout(new TimeoutStrategyOptions { Timeout = timeout });
        if (retries > 0)
        {
            _ = builder.AddRetry(new RetryStrategyOptions<ScriptTryResult>
            {
                MaxRetryAttempts = retries,
                Delay = delay,
                BackoffType = DelayBackoffType.Constant,
                ShouldHandle = static args => new(args.Outcome.Result is { MayTryAgain: true }),
            });
        }

        return builder.Build();
    }
}
