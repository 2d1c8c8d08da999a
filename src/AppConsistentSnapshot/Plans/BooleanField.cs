using System.Text.Json;

namespace AppConsistentSnapshot.Plans;

/// <summary>True or false, written as such. What plainly means false counts as false for the failure policy, though the plan is refused.</summary>
internal sealed class BooleanField : PlanField
{
    private readonly Action<PlanDraft, bool> _set;

    public BooleanField(string name, Action<PlanDraft, bool> set)
        : base(name, "true or false", $"Write true or false in lower case and without quotes, such as \"{name}\": true, or leave the field out for true.")
        => _set = set;

    public override void Read(ref PlanTokens tokens, PlanContext context)
    {
        if (tokens.Type is JsonTokenType.True or JsonTokenType.False)
        {
            _set(context.Draft, tokens.Type == JsonTokenType.True);
            return;
        }

        if (Flag.SaysFalse(tokens.Raw))
        {
            _set(context.Draft, false);
        }

        Refuse(ref tokens, context);
    }
}
