using System.Text;
using Spectre.Console;

namespace AppConsistentSnapshot.Tool.Rendering;

/// <summary>Makes the two consoles of the process. Whether a stream is a terminal decides, not what runs around it.</summary>
internal static class Consoles
{
    // Lines for programs and files are never wrapped.
    private const int Unlimited = 1_000_000;

    public static IAnsiConsole ForOutput() => Create(Open(Console.OpenStandardOutput), !Console.IsOutputRedirected);

    public static IAnsiConsole ForError() => Create(Open(Console.OpenStandardError), !Console.IsErrorRedirected);

    public static IAnsiConsole Create(TextWriter writer, bool isTerminal)
    {
        var ansi = isTerminal && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");
        var colors = ansi && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = ansi ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = colors ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = ansi ? InteractionSupport.Yes : InteractionSupport.No,
            // They switch ANSI on for the CI systems they know.
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        if (!isTerminal)
        {
            console.Profile.Width = Unlimited;
        }

        return console;
    }

    private static TolerantWriter Open(Func<Stream> open) =>
        new(new StreamWriter(open(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true, NewLine = "\n" });
}
