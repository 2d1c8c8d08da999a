using Microsoft.Extensions.Logging;

namespace AppConsistentSnapshot.Diagnostics;

/// <summary>A record that was held back.</summary>
internal sealed record HeldRecord(ILogger Logger, LogLevel Level, EventId EventId, HeldState State, Exception? Exception)
{
    public void Write() => Logger.Log(Level, EventId, State, Exception, static (state, _) => state.ToString());
}
