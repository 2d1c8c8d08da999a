using AppConsistentSnapshot.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace AppConsistentSnapshot.Tests.Diagnostics;

/// <summary>During a freeze nothing reaches a sink; after it everything does, in order, with its own time.</summary>
public sealed class QuietLoggerTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch);
    private readonly FakeLogCollector _log = new();
    private readonly QuietLoggerFactory _factory;
    private readonly ILogger _logger;

    public QuietLoggerTests()
    {
        _factory = new QuietLoggerFactory(LoggerFactory.Create(builder => builder.AddProvider(new FakeLoggerProvider(_log))), _time);
        _logger = _factory.CreateLogger("test");
    }

    private string[] Messages => [.. _log.GetSnapshot().Select(static record => record.Message)];

    public void Dispose() => _factory.Dispose();

    [Fact]
    public void Outside_a_freeze_it_writes_at_once_and_changes_nothing()
    {
        _logger.LogInformation("hello {Name}", "you");

        Assert.Equal(["hello you"], Messages);
        Assert.Equal("you", _log.LatestRecord.GetStructuredStateValue("Name"));
    }

    [Fact]
    public async Task During_a_freeze_it_writes_nothing_and_afterwards_everything_in_order_with_its_time()
    {
        var keeper = await _factory.Quiet.BeginAsync();
        _logger.LogInformation("first {Number}", 1);
        _time.Advance(TimeSpan.FromSeconds(1));
        _logger.LogWarning("second");
        Assert.Empty(Messages);

        _time.Advance(TimeSpan.FromSeconds(5));
        _factory.Quiet.End(keeper);
        await _factory.Drained.WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.Equal(["[at 1970-01-01T00:00:00.000Z] first 1", "[at 1970-01-01T00:00:01.000Z] second"], Messages);
        Assert.Equal("1", _log.GetSnapshot()[0].GetStructuredStateValue("Number"));
        Assert.NotNull(_log.GetSnapshot()[0].GetStructuredStateValue("At"));
    }

    [Fact]
    public async Task Too_many_records_are_counted_and_said()
    {
        var keeper = await _factory.Quiet.BeginAsync();
        for (var i = 0; i < QuietLog.Capacity + 3; i++)
        {
            _logger.LogInformation("line");
        }

        _factory.Quiet.End(keeper);
        await _factory.Drained.WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.Equal(QuietLog.Capacity + 1, Messages.Length);
        Assert.Contains("3 log records", Messages[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sink_that_hangs_blocks_neither_who_logs_nor_the_next_freeze()
    {
        using var release = new ManualResetEventSlim();
        using var entered = new ManualResetEventSlim();
        using var factory = new QuietLoggerFactory(new HangingLoggerFactory(entered, release), _time);
        var keeper = await factory.Quiet.BeginAsync();
        var logger = factory.CreateLogger("test");
        logger.LogInformation("held");
        factory.Quiet.End(keeper);
        Assert.True(entered.Wait(Patience, TestContext.Current.CancellationToken));

        logger.LogInformation("while the sink hangs");
        var begin = factory.Quiet.BeginAsync();
        _time.Advance(TimeSpan.FromSeconds(1));
        factory.Quiet.End(await begin.WaitAsync(Patience, TestContext.Current.CancellationToken));
        release.Set();
        await factory.Drained.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Two_freezes_at_once_are_quiet_until_the_last_one_ends()
    {
        var first = await _factory.Quiet.BeginAsync();
        var second = await _factory.Quiet.BeginAsync();
        _logger.LogInformation("held");
        _factory.Quiet.End(first);
        _factory.Quiet.End(first);
        Assert.False(_factory.Quiet.TryEnter());

        _factory.Quiet.End(second);
        await _factory.Drained.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Single(Messages);
    }

    private sealed class HangingLoggerFactory(ManualResetEventSlim entered, ManualResetEventSlim release) : ILoggerFactory, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider)
        {
            // There is only this one.
        }

        public void Dispose()
        {
            // The test owns the events.
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            entered.Set();
            release.Wait(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        }
    }
}
