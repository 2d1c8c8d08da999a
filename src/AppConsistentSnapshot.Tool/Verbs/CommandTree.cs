using System.CommandLine;
using System.CommandLine.Help;
using AppConsistentSnapshot.Tool.Arguments;
using AppConsistentSnapshot.Tool.Catalog;

namespace AppConsistentSnapshot.Tool.Verbs;

/// <summary>The command with all its verbs.</summary>
internal sealed class CommandTree
{
    private readonly Dictionary<Command, IVerb> _verbs;

    public CommandTree(BackendCatalog catalog)
    {
        Common.AddTo(Root);
        IReadOnlyList<IVerb> verbs =
        [
            new CheckVerb(Common),
            new ExplainVerb(Common, catalog),
            new RunVerb(Common, catalog),
            new RecoverVerb(Common, catalog),
            new ListVerb(Common, catalog),
            new MountVerb(Common, catalog),
            new DeleteVerb(Common, catalog),
        ];
        _verbs = verbs.ToDictionary(verb => verb.Command);
        foreach (var verb in verbs)
        {
            Root.Add(verb.Command);
        }

        AddHelpAndVersion(catalog);
    }

    public CommonOptions Common { get; } = new();

    public RootCommand Root { get; } = new(
        "Application-consistent snapshots: runs the pre-script, freezes the file systems, cuts the snapshot, thaws, runs the post-script, and says truthfully what was reached.");

    public IVerb? Find(Command command) => _verbs.GetValueOrDefault(command);

    private void AddHelpAndVersion(BackendCatalog catalog)
    {
        // The built-in options also answer to '/h' and '/?', which are paths here.
        Root.Options.Remove(Root.Options.Single(option => option is HelpOption));
        Root.Options.Remove(Root.Options.Single(option => option is VersionOption));
        var examples = _verbs.ToDictionary(verb => verb.Key, verb => verb.Value.Examples);
        examples.Add(Root, [_verbs.Values.OfType<CheckVerb>().Single().Examples[0], _verbs.Values.OfType<RunVerb>().Single().Examples[0], "acsnap run --help"]);
        Root.Add(new HelpOption("--help", "-h", "-?") { Description = "Show this help", Action = new HelpWithExamples(examples, catalog), Recursive = true });
        Root.Add(new VersionOption("--version") { Description = "Show the version", Action = new VersionText() });
    }
}
