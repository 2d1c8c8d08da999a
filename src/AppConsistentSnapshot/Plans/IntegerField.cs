using System.Globalization;
using System.Text.Json;

namespace AppConsistentSnapshot.Plans;

/// <summary>A whole number, written as one: no quotes, no fraction, no exponent.</summary>
internal sealed class IntegerField : PlanField
{
    private readonly int _minimum;
    private readonly int _maximum;
    private readonly Action<PlanDraft, int> _set;

    public IntegerField(string name, int minimum, int maximum, string allowed, string action, Action<PlanDraft, int> set)
        : base(name, allowed, action)
    {
        _minimum = minimum;
        _maximum = maximum;
        _set = set;
    }

    public override void Read(ref PlanTokens tokens, PlanContext context)
    {
        if (tokens.Type == JsonTokenType.Number
            && int.TryParse(tokens.Raw, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            && value >= _minimum && value <= _maximum)
        {
            _set(context.Draft, value);
            return;
        }

        Refuse(ref tokens, context);
    }
}
