using System.Text.Json;

namespace AppConsistentSnapshot.Plans;

/// <summary>The absolute path of a script. Whether anything is there is for the guard to see.</summary>
internal sealed class LocationField : PlanField
{
    private readonly Action<PlanDraft, string> _set;

    public LocationField(string name, Action<PlanDraft, string> set)
        : base(name, "the absolute path of a script", $"Write the full path, such as \"{name}\": \"/etc/azure/{name[..^"Location".Length]}.sh\".")
        => _set = set;

    public override bool IsRequired => true;

    public override void Read(ref PlanTokens tokens, PlanContext context)
    {
        if (tokens.Type != JsonTokenType.String)
        {
            Refuse(ref tokens, context);
        }
        else if (tokens.TryGetString(Name, out var value))
        {
            if (Fault(value) is { } fault)
            {
                Report(context, tokens.Start, tokens.Raw, fault);
            }
            else
            {
                _set(context.Draft, value);
            }
        }
    }

    private static string? Fault(string path) => path switch
    {
        "" => "is empty",
        _ when path.Contains('\0', StringComparison.Ordinal) => "contains a NUL character, which no path can",
        _ when path[0] != '/' => $"is the relative path '{Excerpt.Of(path)}'",
        _ => null,
    };
}
