using System.Text.Json;
using AppConsistentSnapshot.Errors;

namespace AppConsistentSnapshot.Plans;

/// <summary>The plug-in's name: a label, expected to be always the same.</summary>
internal sealed class LabelField : PlanField
{
    private readonly Action<PlanDraft, string> _set;

    public LabelField(string name, Action<PlanDraft, string> set)
        : base(name, "a text", $"Write \"{name}\": \"{ScriptPlanFields.ExpectedPluginName}\", or leave the field out.")
        => _set = set;

    public override void Read(ref PlanTokens tokens, PlanContext context)
    {
        if (tokens.Type != JsonTokenType.String)
        {
            Refuse(ref tokens, context);
        }
        else if (tokens.TryGetString(Name, out var value))
        {
            _set(context.Draft, value);
            if (value != ScriptPlanFields.ExpectedPluginName)
            {
                Warn(context, tokens.Start, tokens.Raw, value);
            }
        }
    }

    private void Warn(PlanContext context, int start, ReadOnlySpan<byte> raw, string value) => context.Warnings.Add(
        ErrorCodes.UnexpectedPluginName,
        new($"{Name} is '{Excerpt.Of(value)}' instead of '{ScriptPlanFields.ExpectedPluginName}'. It is only a label here.", ErrorCodes.UnexpectedPluginName.RecommendedAction)
        {
            Position = context.At(start),
            Field = Name,
            Found = Excerpt.Of(raw),
            Allowed = ScriptPlanFields.ExpectedPluginName,
        });
}
