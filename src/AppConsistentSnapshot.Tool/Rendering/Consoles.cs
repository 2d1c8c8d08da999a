using System.Text;
using AppConsistentSnapshot.Tool.Interop;
using Spectre.Console;

namespace AppConsistentSnapshot.Tool.Rendering;

/// <summary>Makes the two consoles of the process. Whether a stream is a terminal decides, not what runs around it.</summary>
internal static class Consoles
{
    public static IAnsiConsole ForOutput() => Create(Open(StandardStream.OpenOutput()), 1, !Console.IsOutputRedirected);

    public static IAnsiConsole ForError() => Create(Open(StandardStream.OpenError()), 2, !Console.IsErrorRedirected);

    public static IAnsiConsole Create(TextWriter writer, int descriptor, bool isTerminal)
    {
        var ansi = isTerminal && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");
        var colors = ansi && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        return AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new TerminalOutput(writer, descriptor, isTerminal),
            Ansi = ansi ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = colors ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = ansi ? InteractionSupport.Yes : InteractionSupport.No,
            // They switch ANSI on for the CI systems they know.
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
    }

    private static TolerantWriter Open(Stream stream) =>
        new(new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true, NewLine = "\n" });
}
