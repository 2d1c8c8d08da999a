namespace AppConsistentSnapshot.Plans;

/// <summary>Reads the INI dialect of Python's ConfigParser (strict, basic interpolation), which the reference implementation uses. Reports every fault and reads on.</summary>
internal sealed class IniReader
{
    private readonly HostConfigurationContext _context;
    private readonly Dictionary<string, IniSection> _sections = new(StringComparer.Ordinal);
    private IniSection? _section;
    private IniOption? _option;
    private int _indent;

    private IniReader(HostConfigurationContext context) => _context = context;

    public static IReadOnlyDictionary<string, IniSection> Read(ReadOnlyMemory<byte> text, HostConfigurationContext context)
    {
        var reader = new IniReader(context);
        foreach (var line in IniLine.Split(text))
        {
            reader.Read(line);
        }

        return reader._sections;
    }

    private void Read(IniLine line)
    {
        if (line.InvalidAt is { } position)
        {
            Report(position, $"byte 0x{line.InvalidByte:X2}", "The line is not valid UTF-8.", "UTF-8 text", "Save the file as UTF-8, such as by 'iconv -f latin1 -t utf-8'.");
        }

        if (line.IsComment)
        {
            return;
        }

        // Also an empty line continues a value; where nothing follows it is cut off again.
        if (line.Content.Length == 0 || (_option is not null && line.Indent > _indent))
        {
            _option?.Continue(line.Content, line.Number);
            return;
        }

        _indent = line.Indent;
        if (line.Content[0] == '[' && line.Content.LastIndexOf(']') is > 1 and var end)
        {
            BeginSection(line.Content[1..end], line);
        }
        else if (_section is null)
        {
            ReportNoSection(line);
        }
        else
        {
            BeginOption(line, _section);
        }
    }

    private void BeginSection(string name, IniLine line)
    {
        _option = null;
        if (!_sections.TryGetValue(name, out var section))
        {
            section = _sections[name] = new(name, line.At(0));
        }
        else
        {
            Report(line.At(0), Excerpt.Of(line.Content), $"The section [{Excerpt.Of(name)}] begins twice: here and on line {section.Position.Line}.",
                "each section once", "Move the options of both into one.");
        }

        _section = section;
    }

    private void ReportNoSection(IniLine line)
    {
        // One is enough for all lines before the first section. What they say is not shown: if the path was wrong, it is nobody's business.
        _section = new(string.Empty, line.At(0));
        Report(line.At(0), "a line outside any section", "The file does not begin with a section.",
            $"[{HostConfigurationReader.SectionName}] before all options", $"Put the line [{HostConfigurationReader.SectionName}] before the options.");
    }

    private void BeginOption(IniLine line, IniSection section)
    {
        var separator = line.Content.AsSpan().IndexOfAny('=', ':');
        if (section.Name.Length == 0)
        {
            return;
        }

        if (separator <= 0)
        {
            Report(line.At(0), Excerpt.Of(line.Content), "The line is neither an option nor a section nor a comment.",
                "NAME: VALUE, NAME = VALUE, [SECTION], or # COMMENT", "Write the option as NAME: VALUE, or remove the line.");
            return;
        }

        var name = line.Content[..separator].TrimEnd();
        var value = line.Content[(separator + 1)..].Trim();
        _option = new(name, line.At(0), value, line.At(line.Content.Length - value.Length));
        if (!section.Options.TryAdd(name, _option))
        {
            Report(line.At(0), Excerpt.Of(line.Content), $"{Excerpt.Of(name)} is set twice: here and on line {section.Options[name].Position.Line}.",
                "each option once", $"Remove one of the two lines with {Excerpt.Of(name)}.", Excerpt.Of(name));
        }
    }

    private void Report(TextPosition position, string found, string message, string allowed, string action, string? field = null) =>
        _context.Error(new(message, action) { Position = position, Field = field, Found = found, Allowed = allowed });
}
