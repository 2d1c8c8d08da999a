using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Scripts;

/// <summary>Takes the output of one try, until it is over. What a daemon that it left writes later is drained and dropped.</summary>
internal sealed class ScriptTryOutput : IOutputSink
{
    private readonly Lock _lock = new();
    private readonly ScriptOutput _all;
    private readonly OutputLineReader[] _lines;
    private bool _isOver;

    public ScriptTryOutput(ScriptOutput all)
    {
        _all = all;
        _lines = [new OutputLineReader(OutputStream.StandardOutput, all.Log), new OutputLineReader(OutputStream.StandardError, all.Log)];
    }

    public void Write(OutputStream stream, ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            if (_isOver)
            {
                return;
            }

            _all.Keep(bytes);
            _lines[(int)stream].Append(bytes);
        }
    }

    public void End()
    {
        lock (_lock)
        {
            _isOver = true;
            foreach (var lines in _lines)
            {
                lines.Flush();
            }
        }
    }
}
