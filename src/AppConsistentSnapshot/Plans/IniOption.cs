namespace AppConsistentSnapshot.Plans;

/// <summary>One option of a host configuration with its value, which may go on over indented lines.</summary>
internal sealed class IniOption
{
    private readonly List<string> _lines = [];

    public IniOption(string name, TextPosition position, string value, TextPosition valuePosition)
    {
        Name = name;
        Position = position;
        ValuePosition = valuePosition;
        _lines.Add(value);
    }

    /// <summary>The name as it is written. Upper and lower case do not matter.</summary>
    public string Name { get; }

    public TextPosition Position { get; }

    public TextPosition ValuePosition { get; }

    public string Value => string.Join('\n', _lines).Trim();

    /// <summary>The line that continues the value, or null.</summary>
    public int? ContinuedOn { get; private set; }

    public void Continue(string line, int number)
    {
        _lines.Add(line);
        if (line.Length > 0)
        {
            ContinuedOn ??= number;
        }
    }
}
