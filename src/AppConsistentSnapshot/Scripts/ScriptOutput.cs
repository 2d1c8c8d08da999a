namespace AppConsistentSnapshot.Scripts;

/// <summary>What all tries of a script wrote: the end of it for the report, and every line for the log.</summary>
internal sealed class ScriptOutput
{
    private readonly Lock _lock = new();
    private readonly OutputTail _tail = new();

    public ScriptOutput(OutputLog log) => Log = log;

    public OutputLog Log { get; }

    public string? Tail
    {
        get
        {
            lock (_lock)
            {
                return _tail.Text();
            }
        }
    }

    public void Keep(ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            _tail.Append(bytes);
        }
    }
}
