using System.Globalization;
using Microsoft.Extensions.Logging;

namespace AppConsistentSnapshot.Tool.Reporting;

/// <summary>Writes log records as lines.</summary>
internal sealed class LineLogger : ILogger
{
    private readonly string _category;
    private readonly Reporter _reporter;
    private readonly TimeProvider _timeProvider;

    public LineLogger(string category, Reporter reporter, TimeProvider timeProvider)
    {
        _category = category;
        _reporter = reporter;
        _timeProvider = timeProvider;
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var time = _timeProvider.GetUtcNow().UtcDateTime;
        var line = string.Create(
            CultureInfo.InvariantCulture, $"{time:yyyy-MM-ddTHH:mm:ss.fffZ} {NameOf(logLevel)} {_category}[{eventId.Id}] {formatter(state, exception)}");
        _reporter.Log(exception is null ? line : $"{line} | {exception}", logLevel >= LogLevel.Warning);
    }

    private static string NameOf(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "info ",
        LogLevel.Warning => "warn ",
        LogLevel.Error => "error",
        _ => "fatal",
    };
}
