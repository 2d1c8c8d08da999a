using AppConsistentSnapshot.Scripts;
using Microsoft.Extensions.Time.Testing;
using Polly.Retry;
using Polly.Testing;
using Polly.Timeout;

namespace AppConsistentSnapshot.Tests.Scripts;

public sealed class ScriptPipelinesTests
{
    private static readonly FakeTimeProvider Time = new();

    [Fact]
    public void Timeout_is_outside_and_retry_inside()
    {
        var strategies = ScriptPipelines.Create(TimeSpan.FromSeconds(30), 4, TimeSpan.FromSeconds(2), Time).GetPipelineDescriptor().Strategies;
        Assert.Equal(2, strategies.Count);
        Assert.Equal(TimeSpan.FromSeconds(30), Assert.IsType<TimeoutStrategyOptions>(strategies[0].Options).Timeout);
        var retry = Assert.IsType<RetryStrategyOptions<ScriptTryResult>>(strategies[1].Options);
        Assert.Equal(4, retry.MaxRetryAttempts);
        Assert.Equal(TimeSpan.FromSeconds(2), retry.Delay);
        Assert.False(retry.UseJitter);
    }

    [Fact]
    public void Without_retries_there_is_no_retry_strategy()
    {
        var strategies = ScriptPipelines.Create(TimeSpan.FromSeconds(30), 0, TimeSpan.Zero, Time).GetPipelineDescriptor().Strategies;
        Assert.IsType<TimeoutStrategyOptions>(Assert.Single(strategies).Options);
    }

    [Fact]
    public async Task The_limit_runs_on_the_injected_clock()
    {
        var pipeline = ScriptPipelines.Create(TimeSpan.FromSeconds(1800), 1, TimeSpan.Zero, Time);
        var running = pipeline.ExecuteAsync<ScriptTryResult>(
            static async (CancellationToken token) =>
            {
                var stopped = new TaskCompletionSource();
                await using var registration = token.Register(stopped.SetResult);
                await stopped.Task;
                throw new OperationCanceledException(token);
            },
            TestContext.Current.CancellationToken).AsTask();
        Time.Advance(TimeSpan.FromSeconds(1800));
        await Assert.ThrowsAsync<TimeoutRejectedException>(() => running);
    }
}
