using System.Text;
using AppConsistentSnapshot.Tool.Interop;
using Spectre.Console;

namespace AppConsistentSnapshot.Tool.Rendering;

/// <summary>A stream of the process as Spectre.Console sees it.</summary>
/// <remarks>
/// Its own class would ask <see cref="Console"/> for the width, which sets the terminal up for reading keys
/// and watches child processes; this command does neither.
/// </remarks>
internal sealed class TerminalOutput : IAnsiConsoleOutput
{
    // Lines for programs and files are never wrapped.
    private const int Unlimited = 1_000_000;
    private const int UsualWidth = 80;
    private const int UsualHeight = 24;

    private readonly int _descriptor;

    public TerminalOutput(TextWriter writer, int descriptor, bool isTerminal)
    {
        Writer = writer;
        IsTerminal = isTerminal;
        _descriptor = descriptor;
    }

    public TextWriter Writer { get; }

    public bool IsTerminal { get; }

    public int Width => !IsTerminal ? Unlimited : Native.TerminalSize(_descriptor) is { Columns: > 0 } size ? size.Columns : UsualWidth;

    public int Height => IsTerminal && Native.TerminalSize(_descriptor) is { Rows: > 0 } size ? size.Rows : UsualHeight;

    public void SetEncoding(Encoding encoding)
    {
        // Always UTF-8, as the report.
    }
}
