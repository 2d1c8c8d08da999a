using System.Globalization;
using AppConsistentSnapshot.Errors;

namespace AppConsistentSnapshot.Plans;

/// <summary>Reads the numbered plug-in entries of a host configuration.</summary>
internal sealed class HostPluginReader
{
    // An entry of which nothing is there is named this often; the number of plug-ins may be any.
    private const int NamedMissing = 5;

    private static readonly string[] Parts = ["pluginName", "pluginPath", "pluginConfigPath"];

    private readonly IniSection _section;
    private readonly HostConfigurationContext _context;
    private readonly SortedSet<int> _present;
    private readonly Dictionary<string, IniOption> _plans = new(StringComparer.Ordinal);
    private int? _count;

    public HostPluginReader(IniSection section, HostConfigurationContext context)
    {
        _section = section;
        _context = context;
        _present = [.. section.Options.Keys.Select(IndexOf).OfType<int>()];
    }

    /// <summary>The number at the end of an option of an entry; null for any other option.</summary>
    public static int? IndexOf(string name)
    {
        var part = Parts.FirstOrDefault(part => name.StartsWith(part, StringComparison.OrdinalIgnoreCase));
        return part is not null
            && int.TryParse(name.AsSpan(part.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            && name.Length == part.Length + index.ToString(CultureInfo.InvariantCulture).Length ? index : null;
    }

    public static IEnumerable<string> NamesWith(string index) => Parts.Select(part => part + index);

    public bool IsUsed(IniOption option) => IndexOf(option.Name) is { } index && (_count is null || index < _count);

    /// <summary>Reads the entries from 0 to the count, or all there are where the count is not known.</summary>
    public void Read(int? count, HostConfigurationDraft draft)
    {
        _count = count;
        foreach (var index in _present.Where(index => count is null || index < count))
        {
            ReadEntry(index, draft);
        }

        if (count is { } expected)
        {
            ReportMissing(expected);
        }
    }

    private static string NameOf(string part, int index) => string.Create(CultureInfo.InvariantCulture, $"{part}{index}");

    private void ReadEntry(int index, HostConfigurationDraft draft)
    {
        var name = Get(Parts[0], index, "ScriptRunner");
        var path = Get(Parts[1], index, "/etc/azure");
        var plan = Get(Parts[2], index, "/etc/azure/VMSnapshotScriptPluginConfig.json");
        WarnName(name);
        if (plan is not null && CheckPlan(plan) && name is not null && path is not null)
        {
            draft.Plugins.Add(new() { Name = Text(name), Path = Text(path), PlanPath = Text(plan) });
        }
    }

    private IniOption? Get(string part, int index, string example)
    {
        var name = NameOf(part, index);
        if (!_section.Options.TryGetValue(name, out var option))
        {
            _context.Error(new($"{name} is missing.", $"Write it, such as '{name}: {example}'.")
            {
                Position = _section.Position,
                Field = name,
                Found = "nothing",
                Allowed = $"such as {example}",
            });
            return null;
        }

        // Python would take the next line into the value, and an option that is indented by mistake would be lost unseen.
        var fault = option.Value.Length == 0 ? "is empty" : option.Value.Contains('\n', StringComparison.Ordinal) ? "goes on over several lines" : null;
        if (fault is null)
        {
            return option;
        }

        _context.Refuse(option, fault, $"such as {example}", $"Write a value in one line, such as '{name}: {example}'.");
        return null;
    }

    private bool CheckPlan(IniOption option)
    {
        const string Allowed = "the absolute path of a plan file, each once";
        var path = Text(option);
        if (path[0] != '/')
        {
            _context.Refuse(option, $"is '{Excerpt.Of(path)}', which is no absolute path", Allowed, "Write the full path of the plan file, beginning with /.");
            return false;
        }

        // What the path leads to is not looked at here; but "/a//b" and "/a/./b" plainly are "/a/b".
        var plain = string.Join('/', path.Split('/').Where(static part => part is not ("" or ".")));
        if (_plans.TryAdd(plain, option))
        {
            return true;
        }

        var first = _plans[plain];
        _context.Refuse(option, $"names the same plan as {first.Name} on line {first.Position.Line}, whose application would be quiesced twice", Allowed,
            "Name each plan once, and lower numberOfPlugins.");
        return false;
    }

    private void WarnName(IniOption? option)
    {
        if (option is not null && option.Value != ScriptPlanFields.ExpectedPluginName)
        {
            _context.Warnings.Add(ErrorCodes.UnexpectedPluginName, new(
                $"{option.Name} is '{Excerpt.Of(option.Value)}' instead of '{ScriptPlanFields.ExpectedPluginName}'. It is only a label: no code is loaded by it.",
                $"Write '{option.Name}: {ScriptPlanFields.ExpectedPluginName}'.")
            {
                Position = option.ValuePosition,
                Field = option.Name,
                Found = Excerpt.Of(option.Value),
                Allowed = ScriptPlanFields.ExpectedPluginName,
            });
        }
    }

    private void ReportMissing(int count)
    {
        var missing = count - _present.Count(index => index < count);
        var named = Enumerable.Range(0, count).Where(index => !_present.Contains(index)).Take(Math.Min(missing, NamedMissing)).ToList();
        foreach (var index in named)
        {
            var names = string.Join(", ", Parts.Select(part => NameOf(part, index)));
            ReportMissing($"Plug-in {index} is missing: numberOfPlugins is {count}, but there is no {names}.", NameOf(Parts[0], index), names);
        }

        if (missing > named.Count)
        {
            ReportMissing($"{missing - named.Count} further plug-ins are missing: numberOfPlugins is {count}.", "numberOfPlugins", "as many entries as numberOfPlugins says");
        }
    }

    private void ReportMissing(string message, string field, string allowed) => _context.Error(
        new(message, "Write the missing entries, or lower numberOfPlugins to the number of plug-ins that are there, counted from 0.")
        {
            Position = _section.Options["numberOfPlugins"].ValuePosition,
            Field = field,
            Found = "nothing",
            Allowed = allowed,
        });

    private static string Text(IniOption option) => option.Value.Replace("%%", "%", StringComparison.Ordinal);
}
