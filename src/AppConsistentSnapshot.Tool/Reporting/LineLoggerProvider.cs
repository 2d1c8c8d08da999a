using Microsoft.Extensions.Logging;

namespace AppConsistentSnapshot.Tool.Reporting;

/// <summary>Sends the library's log to standard error, a line a record.</summary>
internal sealed class LineLoggerProvider : ILoggerProvider
{
    private readonly Reporter _reporter;
    private readonly TimeProvider _timeProvider;

    public LineLoggerProvider(Reporter reporter, TimeProvider timeProvider)
    {
        _reporter = reporter;
        _timeProvider = timeProvider;
    }

    public ILogger CreateLogger(string categoryName) => new LineLogger(categoryName, _reporter, _timeProvider);

    public void Dispose()
    {
        // The reporter belongs to the command, which says the last words.
    }
}
