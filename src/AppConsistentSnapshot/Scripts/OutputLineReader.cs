using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Scripts;

/// <summary>Cuts one stream into lines. Of a long line only the beginning is kept, and how much more there was.</summary>
internal sealed class OutputLineReader
{
    /// <summary>The most bytes of a line that are kept.</summary>
    public const int LineLimit = 4096;

    private readonly OutputStream _stream;
    private readonly OutputLog _log;
    private readonly byte[] _line = new byte[LineLimit];
    private int _length;
    private long _cutOff;

    public OutputLineReader(OutputStream stream, OutputLog log)
    {
        _stream = stream;
        _log = log;
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var end = bytes.IndexOf((byte)'\n');
            Keep(end < 0 ? bytes : bytes[..end]);
            if (end < 0)
            {
                return;
            }

            EndLine();
            bytes = bytes[(end + 1)..];
        }
    }

    /// <summary>Hands on a last line without a line end.</summary>
    public void Flush()
    {
        if (_length > 0)
        {
            EndLine();
        }
    }

    private void Keep(ReadOnlySpan<byte> part)
    {
        var kept = part[..Math.Min(part.Length, LineLimit - _length)];
        kept.CopyTo(_line.AsSpan(_length));
        _length += kept.Length;
        _cutOff += part.Length - kept.Length;
    }

    private void EndLine()
    {
        var line = _line.AsSpan(0, _length);
        _log.Add(_stream, line.EndsWith("\r"u8) ? line[..^1] : line, _cutOff);
        _length = 0;
        _cutOff = 0;
    }
}
