namespace AppConsistentSnapshot.Plans;

/// <summary>One section of a host configuration.</summary>
internal sealed class IniSection
{
    public IniSection(string name, TextPosition position)
    {
        Name = name;
        Position = position;
    }

    public string Name { get; }

    public TextPosition Position { get; }

    public Dictionary<string, IniOption> Options { get; } = new(StringComparer.OrdinalIgnoreCase);
}
