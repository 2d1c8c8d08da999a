using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using AppConsistentSnapshot.Tool.Arguments;
using AppConsistentSnapshot.Tool.Catalog;

namespace AppConsistentSnapshot.Tool.Verbs;

/// <summary>The help, with examples and exit status below it.</summary>
internal sealed class HelpWithExamples : SynchronousCommandLineAction
{
    private const string ExitStatus = """
        Exit status:
          0  succeeded, or nothing to say      1  failed, or problems found
          3  degraded: less than was wanted    2  wrong command line; nothing was touched
          4  something is left behind that needs a human (before all others)
          130  cancelled (SIGINT, SIGTERM or SIGHUP)

        """;

    private readonly HelpAction _help = new();
    private readonly IReadOnlyDictionary<Command, IReadOnlyList<string>> _examples;
    private readonly BackendCatalog _catalog;

    public HelpWithExamples(IReadOnlyDictionary<Command, IReadOnlyList<string>> examples, BackendCatalog catalog)
    {
        _examples = examples;
        _catalog = catalog;
    }

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        _ = _help.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        if (parseResult.CommandResult.Command.Options.Any(option => option.Name == BackendOptions.BackendName))
        {
            WriteBackends(output);
        }

        if (_examples.TryGetValue(parseResult.CommandResult.Command, out var examples))
        {
            output.WriteLine("Examples:");
            foreach (var example in examples)
            {
                output.WriteLine($"  {example}");
            }

            output.WriteLine();
        }

        output.Write(ExitStatus);
        return ExitCode.Succeeded;
    }

    private void WriteBackends(TextWriter output)
    {
        output.WriteLine("Backends:");
        foreach (var backend in _catalog.All)
        {
            var note = backend.Create is null ? " (not in this version)" : string.Empty;
            output.WriteLine($"  {backend.Name,-6} {backend.Description}{note}");
            foreach (var setting in backend.Settings)
            {
                output.WriteLine($"         --set {backend.Name}.{setting.Name}=…  {setting.Description}; {setting.Allowed}");
            }
        }

        output.WriteLine();
    }
}
