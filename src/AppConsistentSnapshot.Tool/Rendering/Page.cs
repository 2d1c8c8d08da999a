using Spectre.Console;

namespace AppConsistentSnapshot.Tool.Rendering;

/// <summary>Writes for a person: everything is escaped, and nothing is read as markup.</summary>
internal sealed class Page
{
    public static readonly Style Plain = Style.Plain;
    public static readonly Style Heading = new(decoration: Decoration.Bold);
    public static readonly Style Dim = new(Color.Grey);
    public static readonly Style Good = new(Color.Green);
    public static readonly Style Odd = new(Color.Yellow);
    public static readonly Style Bad = new(Color.Red, decoration: Decoration.Bold);

    private readonly IAnsiConsole _console;

    public Page(IAnsiConsole console) => _console = console;

    /// <summary>Writes one line.</summary>
    public void Line(string text, Style? style = null) => Line((text, style ?? Plain));

    /// <summary>Writes one line of parts with a style each. On a terminal, what is wrapped keeps the indentation of the first part.</summary>
    public void Line(params ReadOnlySpan<(string Text, Style Style)> parts)
    {
        var indentation = _console.Profile.Capabilities.Ansi ? parts[0].Text.Length - parts[0].Text.TrimStart(' ').Length : 0;
        var paragraph = new Paragraph();
        _ = paragraph.Append(Escape.ForPerson(parts[0].Text[indentation..]), parts[0].Style);
        foreach (var (text, style) in parts[1..])
        {
            _ = paragraph.Append(Escape.ForPerson(text), style);
        }

        // In one go: a live display draws itself again after each write.
        _console.Write(indentation > 0 ? new Padder(paragraph, new Padding(indentation, 0, 0, 0)) : paragraph.Append("\n"));
    }
}
