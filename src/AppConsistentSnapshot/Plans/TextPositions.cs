namespace AppConsistentSnapshot.Plans;

/// <summary>Turns offsets in one text into lines and columns, and back.</summary>
internal sealed class TextPositions
{
    private readonly int _length;
    private readonly List<int> _lineStarts = [0];

    public TextPositions(ReadOnlySpan<byte> text)
    {
        _length = text.Length;
        for (var start = 0; text[start..].IndexOf((byte)'\n') is >= 0 and var length;)
        {
            start += length + 1;
            _lineStarts.Add(start);
        }
    }

    public TextPosition Of(int offset)
    {
        var found = _lineStarts.BinarySearch(offset);
        var line = found >= 0 ? found : ~found - 1;
        return new(line + 1, offset - _lineStarts[line] + 1);
    }

    /// <summary>The offset of a line and column that are counted from 0, as <see cref="System.Text.Json.JsonException"/> does.</summary>
    public int OffsetOf(long line, long column)
    {
        var start = _lineStarts[(int)Math.Min(line, _lineStarts.Count - 1)];
        return (int)Math.Min(start + column, _length);
    }
}
