using System.CommandLine;
using AppConsistentSnapshot.Tool.Catalog;

namespace AppConsistentSnapshot.Tool.Arguments;

/// <summary>The options that say which backends are used, and how.</summary>
internal sealed class BackendOptions
{
    public const string BackendName = "--backend";

    private readonly BackendCatalog _catalog;

    public BackendOptions(BackendCatalog catalog, string description)
    {
        _catalog = catalog;
        Backend.Description = $"{description}: {string.Join(", ", catalog.Names)}";
        var settings = catalog.All.SelectMany(backend => backend.Settings.Select(setting => $"{backend.Name}.{setting.Name}")).ToList();
        Set.Description = settings.Count == 0
            ? "Setting of a backend; may be given several times"
            : $"Setting of a backend; may be given several times. Known: {string.Join(", ", settings)}";
    }

    public Option<string> Backend { get; } = new(BackendName) { HelpName = "BACKEND" };

    public Option<string[]> Set { get; } = new("--set") { HelpName = "BACKEND.KEY=VALUE" };

    public Option<string> Output { get; } = new("--output")
    {
        Description = "Folder of the image backend, where the copies are; must not lie on a file system that is part of the snapshot",
        HelpName = "DIR",
    };

    public void AddTo(Command command)
    {
        command.Add(Backend);
        command.Add(Set);
        command.Add(Output);
    }

    /// <summary>Reads the backend that one snapshot, or the list of them, belongs to.</summary>
    public BackendPick? ReadOne(ParseResult parse, string? id, UsageProblems problems, ICollection<string> notes)
    {
        var name = parse.GetValue(Backend);
        if (name is null)
        {
            problems.Add(Backend.Name, null, $"name the backend that made the snapshot: {Choices()}");
            return null;
        }

        return ReadAll(parse, [name], id, problems, notes).GetValueOrDefault(name);
    }

    /// <summary>Reads the settings of all backends that are used.</summary>
    public IReadOnlyDictionary<string, BackendPick> ReadAll(
        ParseResult parse, IReadOnlyCollection<string> used, string? id, UsageProblems problems, ICollection<string> notes)
    {
        // Also one that every volume overrides has to be a real one.
        var named = parse.GetValue(Backend) is { } common ? used.Append(common) : used;
        var definitions = named.Distinct(StringComparer.Ordinal)
            .Select(name => FindAvailable(name, problems)).OfType<BackendDefinition>()
            .Where(definition => used.Contains(definition.Name, StringComparer.Ordinal)).ToList();
        var settings = new SettingsReader(_catalog, used, problems, notes);
        foreach (var text in parse.GetValue(Set) ?? [])
        {
            settings.Read(Set.Name, text);
        }

        ReadOutput(parse, definitions, settings, problems, notes);
        foreach (var definition in definitions)
        {
            RequireOutput(definition, id, settings, problems);
        }

        return definitions.ToDictionary(
            definition => definition.Name, definition => new BackendPick(definition, settings.Of(definition.Name)), StringComparer.Ordinal);
    }

    /// <summary>Reads the settings of whatever backend a journal may name. The journal holds the folder that it is about, so none has to be given.</summary>
    public Func<string, BackendPick?> ReadAny(ParseResult parse, UsageProblems problems, ICollection<string> notes)
    {
        if (parse.GetValue(Backend) is { } named && FindAvailable(named, problems) is not null)
        {
            notes.Add($"{Backend.Name} has no effect: journals name their backends");
        }

        var definitions = _catalog.All.Where(definition => definition.Create is not null).ToDictionary(definition => definition.Name, StringComparer.Ordinal);
        var settings = new SettingsReader(_catalog, definitions.Keys, problems, notes);
        foreach (var text in parse.GetValue(Set) ?? [])
        {
            settings.Read(Set.Name, text);
        }

        ReadOutput(parse, [.. definitions.Values], settings, problems, notes);
        foreach (var definition in definitions.Values)
        {
            if (definition.OutputSetting is { } setting && !settings.Of(definition.Name).ContainsKey(setting))
            {
                settings.Add(Output.Name, definition.Name, setting, "/");
            }
        }

        return name => definitions.TryGetValue(name, out var definition) ? new BackendPick(definition, settings.Of(name)) : null;
    }

    private BackendDefinition? FindAvailable(string name, UsageProblems problems)
    {
        var definition = _catalog.Find(name);
        if (definition is null)
        {
            problems.Add(Backend.Name, name, $"give one of {Choices()}{NearestName.Hint(name, _catalog.AvailableNames)}");
            return null;
        }

        if (definition.Create is null)
        {
            problems.Add(Backend.Name, name, $"it is not in this version, which has {Choices()}");
            return null;
        }

        return definition;
    }

    private void ReadOutput(
        ParseResult parse, List<BackendDefinition> definitions, SettingsReader settings, UsageProblems problems, ICollection<string> notes)
    {
        if (parse.GetValue(Output) is not { } value || PathArgument.ReadFull(Output.Name, value, problems) is not { } folder)
        {
            return;
        }

        var takers = definitions.Where(definition => definition.OutputSetting is not null).ToList();
        if (takers.Count == 0 && !problems.Any)
        {
            notes.Add($"{Output.Name} has no effect: no backend of this command has an output folder");
        }

        foreach (var definition in takers)
        {
            settings.Add(Output.Name, definition.Name, definition.OutputSetting!, folder);
        }
    }

    private void RequireOutput(BackendDefinition definition, string? id, SettingsReader settings, UsageProblems problems)
    {
        if (definition.OutputSetting is not { } setting || settings.Of(definition.Name).ContainsKey(setting))
        {
            return;
        }

        if (id is not null && definition.OutputFromId?.Invoke(id) is { } folder)
        {
            settings.Add(Output.Name, definition.Name, setting, folder);
            return;
        }

        problems.Add(Output.Name, null, $"the backend '{definition.Name}' needs a folder, such as {Output.Name} /var/backups");
    }

    private string Choices() => _catalog.AvailableNames.Any() ? string.Join(", ", _catalog.AvailableNames) : "none";
}
