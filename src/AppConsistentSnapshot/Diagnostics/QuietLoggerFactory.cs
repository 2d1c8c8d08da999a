using Microsoft.Extensions.Logging;

namespace AppConsistentSnapshot.Diagnostics;

/// <summary>The caller's loggers, but silent during a freeze: what is logged then is written after the thaw, with its own time.</summary>
internal sealed class QuietLoggerFactory : ILoggerFactory
{
    private readonly ILoggerFactory _inner;
    private readonly QuietLog _log;

    public QuietLoggerFactory(ILoggerFactory inner, TimeProvider timeProvider)
    {
        _inner = inner;
        Quiet = new QuietPeriod(timeProvider);
        _log = new QuietLog(Quiet, timeProvider, inner);
    }

    public QuietPeriod Quiet { get; }

    /// <summary>Completes when everything that was held back is written.</summary>
    public Task Drained => _log.Drained;

    /// <summary>Wraps a factory, once.</summary>
    public static QuietLoggerFactory Wrap(ILoggerFactory inner, TimeProvider timeProvider) =>
        inner as QuietLoggerFactory ?? new QuietLoggerFactory(inner, timeProvider);

    public ILogger CreateLogger(string categoryName) => new QuietLogger(_inner.CreateLogger(categoryName), _log);

    public void AddProvider(ILoggerProvider provider) => _inner.AddProvider(provider);

    public void Dispose()
    {
        // The caller owns what is wrapped.
    }
}
