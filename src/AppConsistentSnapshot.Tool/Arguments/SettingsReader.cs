using AppConsistentSnapshot.Tool.Catalog;

namespace AppConsistentSnapshot.Tool.Arguments;

/// <summary>Reads the settings of backends, each to its type.</summary>
internal sealed class SettingsReader
{
    private static readonly IReadOnlyDictionary<string, object> None = new Dictionary<string, object>(StringComparer.Ordinal);

    private readonly BackendCatalog _catalog;
    private readonly IReadOnlyCollection<string> _used;
    private readonly UsageProblems _problems;
    private readonly ICollection<string> _notes;
    private readonly Dictionary<string, Dictionary<string, object>> _settings = new(StringComparer.Ordinal);

    public SettingsReader(BackendCatalog catalog, IReadOnlyCollection<string> used, UsageProblems problems, ICollection<string> notes)
    {
        _catalog = catalog;
        _used = used;
        _problems = problems;
        _notes = notes;
    }

    public IReadOnlyDictionary<string, object> Of(string backend) => _settings.TryGetValue(backend, out var settings) ? settings : None;

    public void Read(string option, string text)
    {
        if (SettingArgument.Parse(text) is not { } argument)
        {
            _problems.Add(option, text, "write BACKEND.KEY=VALUE, such as image.output=/var/backups");
            return;
        }

        if (_catalog.Find(argument.Backend) is not { } definition)
        {
            _problems.Add(option, text, $"there is no backend '{argument.Backend}'{NearestName.Hint(argument.Backend, _catalog.Names)}; known: {string.Join(", ", _catalog.Names)}");
            return;
        }

        var setting = definition.Settings.FirstOrDefault(candidate => candidate.Name == argument.Key);
        if (setting is null)
        {
            _problems.Add(option, text, DescribeUnknown(definition, argument.Key));
            return;
        }

        if (setting.Parse(argument.Value) is not { } value)
        {
            _problems.Add(option, text, $"the value has to be {setting.Allowed}");
            return;
        }

        if (!_used.Contains(argument.Backend, StringComparer.Ordinal))
        {
            _notes.Add($"{option} {text} has no effect: no volume of this command uses '{argument.Backend}'");
        }

        Add(option, argument.Backend, setting.Name, value);
    }

    /// <summary>Keeps a value; the same setting may be given twice only if both say the same.</summary>
    public void Add(string option, string backend, string setting, object value)
    {
        if (!_settings.TryGetValue(backend, out var settings))
        {
            _settings[backend] = settings = new Dictionary<string, object>(StringComparer.Ordinal);
        }

        if (!settings.TryAdd(setting, value) && !settings[setting].Equals(value))
        {
            _problems.Add(option, $"{value}", $"{backend}.{setting} is already set to '{settings[setting]}'");
        }
    }

    private static string DescribeUnknown(BackendDefinition definition, string key)
    {
        var names = definition.Settings.Select(setting => setting.Name).ToList();
        return names.Count == 0
            ? $"the backend '{definition.Name}' has no settings"
            : $"the backend '{definition.Name}' has no setting '{key}'{NearestName.Hint(key, names)}; known: {string.Join(", ", names)}";
    }
}
