using System.CommandLine;
using System.Globalization;

namespace AppConsistentSnapshot.Tool.Arguments;

/// <summary>The options that every verb has.</summary>
internal sealed class CommonOptions
{
    public Option<string[]> Plan { get; } = new("--plan")
    {
        Description = "Plan file with the pre- and post-script; may be given several times. Default: /etc/azure/VMSnapshotScriptPluginConfig.json",
        HelpName = "PATH",
        Recursive = true,
    };

    public Option<string> HostConfiguration { get; } = new("--host-config")
    {
        Description = "Host configuration that names plans. Default: /etc/azure/VMSnapshotPluginHost.conf, if it exists and no plan is named",
        HelpName = "PATH",
        Recursive = true,
    };

    public Option<string> Owner { get; } = new("--owner")
    {
        Description = "User id that must own plans, scripts and their folders. Default: 0 (root)",
        HelpName = "UID",
        Recursive = true,
    };

    public Option<bool> Json { get; } = new("--json")
    {
        Description = "Write the result as JSON, and nothing else, to standard output",
        Recursive = true,
    };

    public Option<bool> Verbose { get; } = new("--verbose", "-v")
    {
        Description = "Write the whole log to standard error, not only warnings",
        Recursive = true,
    };

    public void AddTo(Command root)
    {
        root.Add(Plan);
        root.Add(HostConfiguration);
        root.Add(Owner);
        root.Add(Json);
        root.Add(Verbose);
    }

    public IReadOnlyList<string> ReadPlans(ParseResult parse, UsageProblems problems) =>
        [.. (parse.GetValue(Plan) ?? []).Select(value => PathArgument.ReadFull(Plan.Name, value, problems)).OfType<string>()];

    public string? ReadHostConfiguration(ParseResult parse, UsageProblems problems) =>
        parse.GetValue(HostConfiguration) is { } value ? PathArgument.ReadFull(HostConfiguration.Name, value, problems) : null;

    public SnapshotOptions ReadOptions(ParseResult parse, UsageProblems problems)
    {
        var options = new SnapshotOptions();
        if (parse.GetValue(Owner) is { } value)
        {
            if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var owner))
            {
                options.Owner = owner;
            }
            else
            {
                problems.Add(Owner.Name, value, $"give a numeric user id from 0 to {int.MaxValue}, as 'id -u NAME' prints it");
            }
        }

        return options;
    }

    /// <summary>Gives the names of those that were given and say something about plans.</summary>
    public IEnumerable<string> PlanOptionsIn(ParseResult parse) =>
        new Option[] { Plan, HostConfiguration, Owner }.Where(option => parse.GetResult(option) is not null).Select(option => option.Name);
}
