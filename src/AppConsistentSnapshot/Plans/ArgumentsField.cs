using System.Globalization;
using System.Text.Json;

namespace AppConsistentSnapshot.Plans;

/// <summary>A list of texts, each of which becomes one argument as it is.</summary>
internal sealed class ArgumentsField : PlanField
{
    private readonly Action<PlanDraft, IReadOnlyList<string>> _set;

    public ArgumentsField(string name, Action<PlanDraft, IReadOnlyList<string>> set)
        : base(name, "a list of texts without NUL characters",
            $"Write each argument as a text of its own in brackets, such as \"{name}\": [\"first\", \"2\"], or leave the field out for none.")
        => _set = set;

    public override void Read(ref PlanTokens tokens, PlanContext context)
    {
        if (tokens.Type != JsonTokenType.StartArray)
        {
            Refuse(ref tokens, context);
            return;
        }

        var arguments = new List<string>();
        for (var index = 0; tokens.Read() && tokens.Type != JsonTokenType.EndArray; index++)
        {
            ReadOne(ref tokens, context, arguments, string.Create(CultureInfo.InvariantCulture, $"{Name}[{index}]"));
        }

        _set(context.Draft, [.. arguments]);
    }

    private void ReadOne(ref PlanTokens tokens, PlanContext context, List<string> arguments, string name)
    {
        if (tokens.Type != JsonTokenType.String)
        {
            Refuse(ref tokens, context, name);
        }
        else if (tokens.TryGetString(name, out var value))
        {
            arguments.Add(value);
            if (value.Contains('\0', StringComparison.Ordinal))
            {
                Report(context, tokens.Start, tokens.Raw, "contains a NUL character, which no argument can", name);
            }
        }
    }
}
