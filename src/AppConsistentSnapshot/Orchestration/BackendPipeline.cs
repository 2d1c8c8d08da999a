using AppConsistentSnapshot.Backends;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace AppConsistentSnapshot.Orchestration;

/// <summary>How backend calls outside the freeze are tried again: timeout outside, retry inside, so that retries cannot outlive the limit.</summary>
internal static class BackendPipeline
{
    public static ResiliencePipeline Create(SnapshotOptions options, TimeSpan limit, TimeProvider timeProvider)
    {
        var builder = new ResiliencePipelineBuilder { Name = "AppConsistentSnapshot.Backend", TimeProvider = timeProvider }
            .AddTimeout(new TimeoutStrategyOptions { Timeout = limit });

        // Polly refuses a retry strategy of zero retries.
        return options.BackendRetries == 0 ? builder.Build() : builder
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = options.BackendRetries,
                Delay = options.BackendRetryDelay,
                ShouldHandle = static arguments => new(arguments.Outcome.Exception is SnapshotBackendException { IsTransient: true }),
            })
            .Build();
    }
}
