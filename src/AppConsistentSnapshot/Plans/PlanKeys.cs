using AppConsistentSnapshot.Errors;

namespace AppConsistentSnapshot.Plans;

/// <summary>The keys of a plan as they come by: which are known, which come twice, which are missing in the end.</summary>
internal sealed class PlanKeys
{
    private const string TelemetryName = "appName";

    private readonly PlanContext _context;
    private readonly Dictionary<string, TextPosition> _seen = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _misspelt = new(StringComparer.Ordinal);

    public PlanKeys(PlanContext context) => _context = context;

    /// <summary>Notes a key and returns its field, or null where it has none.</summary>
    public PlanField? Add(string name, int start)
    {
        var position = _context.At(start);
        var field = ScriptPlanFields.ByName.GetValueOrDefault(name);
        if (!_seen.TryAdd(name, position))
        {
            ReportDuplicate(name, position);
        }
        else if (field is null)
        {
            WarnUnknown(name, position);
        }

        return field;
    }

    public void ReportMissing(int start)
    {
        foreach (var field in ScriptPlanFields.All)
        {
            if (!field.IsRequired || _seen.ContainsKey(field.Name))
            {
                continue;
            }

            var hint = _misspelt.TryGetValue(field.Name, out var written)
                ? $"Correct the spelling of '{Excerpt.Of(written)}' on line {_seen[written].Line} to '{field.Name}', upper and lower case included."
                : field.Action;
            _context.Error(new($"{field.Name} is missing; it must be {field.Allowed}.", hint)
            {
                Position = _context.At(start),
                Field = field.Name,
                Found = "nothing",
                Allowed = field.Allowed,
            });
        }
    }

    private void ReportDuplicate(string name, TextPosition position)
    {
        var shown = Excerpt.Of(name);
        _context.Error(new($"'{shown}' is set twice: here and on line {_seen[name].Line}.", $"Remove one of the two lines with '{shown}'.")
        {
            Position = position,
            Field = shown,
            Found = shown,
            Allowed = "each field once",
        });
    }

    private void WarnUnknown(string name, TextPosition position)
    {
        var shown = Excerpt.Of(name);
        var nearest = _context.Warnings.IsFull || name == TelemetryName ? null : NearestName.Find(name, ScriptPlanFields.Names);
        if (nearest is not null)
        {
            _misspelt[nearest] = name;
        }

        var (message, action) = nearest switch
        {
            _ when name == TelemetryName =>
                ($"'{shown}' has no effect: other implementations copy it to their telemetry.", "Nothing need be done; the field may be removed."),
            null => ($"'{shown}' is no field of a plan and has no effect.", $"Remove '{shown}'."),
            _ when nearest.Equals(name, StringComparison.OrdinalIgnoreCase) =>
                ($"'{shown}' has no effect: upper and lower case matter, the field is '{nearest}'.", $"Write '{nearest}' instead of '{shown}'."),
            _ => ($"'{shown}' is no field of a plan and has no effect. Is '{nearest}' meant?", $"Write '{nearest}' instead of '{shown}', or remove it."),
        };
        _context.Warnings.Add(ErrorCodes.UnknownPlanKey, new(message, action)
        {
            Position = position,
            Field = shown,
            Found = shown,
            Allowed = nearest ?? string.Join(", ", ScriptPlanFields.Names),
        });
    }
}
