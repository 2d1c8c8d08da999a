using Microsoft.Extensions.Logging;

namespace AppConsistentSnapshot.Diagnostics;

/// <summary>A logger that holds back during a freeze.</summary>
internal sealed class QuietLogger : ILogger
{
    private readonly ILogger _inner;
    private readonly QuietLog _log;

    public QuietLogger(ILogger inner, QuietLog log)
    {
        _inner = inner;
        _log = log;
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => _inner.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => _inner.IsEnabled(logLevel);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!_log.TryWrite(() => _inner.Log(logLevel, eventId, state, exception, formatter)) && IsEnabled(logLevel))
        {
            _log.Keep(at => new HeldRecord(_inner, logLevel, eventId, HeldState.Of(state, formatter(state, exception), at), exception));
        }
    }
}
