using System.Text.Json;

namespace AppConsistentSnapshot.Plans;

/// <summary>One field that a plan may have: its name, what is allowed, and how it gets into the draft.</summary>
internal abstract class PlanField
{
    protected PlanField(string name, string allowed, string action)
    {
        Name = name;
        Allowed = allowed;
        Action = action;
    }

    public string Name { get; }

    public virtual bool IsRequired => false;

    /// <summary>What may stand there, in words.</summary>
    public string Allowed { get; }

    /// <summary>How to mend a value that may not.</summary>
    public string Action { get; }

    /// <summary>Reads the value whose first token is the current one, to its end.</summary>
    public abstract void Read(ref PlanTokens tokens, PlanContext context);

    /// <summary>Reports the current value as wrong and goes to its end.</summary>
    protected void Refuse(ref PlanTokens tokens, PlanContext context, string? name = null)
    {
        var (start, type) = (tokens.Start, tokens.Type);
        var raw = tokens.Skip(name ?? Name);
        Report(context, start, raw, $"is {Describe(type, raw)}", name);
    }

    protected void Report(PlanContext context, int start, ReadOnlySpan<byte> raw, string fault, string? name = null) =>
        context.Error(new($"{name ?? Name} {fault}; allowed is {Allowed}.", Action)
        {
            Position = context.At(start),
            Field = name ?? Name,
            Found = Excerpt.Of(raw),
            Allowed = Allowed,
        });

    // A text may be a password: the message, which is also logged, names no more than its kind.
    private static string Describe(JsonTokenType type, ReadOnlySpan<byte> raw) => type switch
    {
        JsonTokenType.String => "a text in quotes",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.StartObject => "an object",
        _ => Excerpt.Of(raw),
    };
}
