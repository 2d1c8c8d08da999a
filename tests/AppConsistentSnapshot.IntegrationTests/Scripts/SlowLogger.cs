using AppConsistentSnapshot.Scripts;
using Microsoft.Extensions.Logging;

namespace AppConsistentSnapshot.IntegrationTests.Scripts;

/// <summary>A logger that takes lines one after the other, or hangs in the first.</summary>
internal sealed class SlowLogger : ILogger<ScriptJob>
{
    public ManualResetEventSlim? Hang { get; init; }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        Hang?.Wait();
        _ = formatter(state, exception);
    }
}
