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

    /// <summary>Writes one line of parts with a style each.</summary>
    public void Line(params ReadOnlySpan<(string Text, Style Style)> parts)
    {
        var paragraph = new Paragraph();
        foreach (var (text, style) in parts)
        {
            _ = paragraph.Append(Escape.ForPerson(text), style);
        }

        _console.Write(paragraph);
        _console.WriteLine();
    }

    /// <summary>Writes rows below headings, in columns.</summary>
    public void Columns(IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new Table().NoBorder();
        foreach (var heading in headings)
        {
            _ = table.AddColumn(new TableColumn(new Text(heading, Heading)).PadLeft(0).PadRight(2).NoWrap());
        }

        foreach (var row in rows)
        {
            _ = table.AddRow(row.Select(cell => new Text(Escape.ForPerson(cell))));
        }

        _console.Write(table);
    }
}
