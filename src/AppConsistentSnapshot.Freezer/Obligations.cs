using System.Text.Json;
using AppConsistentSnapshot.Freezing.Process;

namespace AppConsistentSnapshot.Freezer;

/// <summary>What the host owes, as it said it; read only when it is needed.</summary>
internal sealed class Obligations
{
    private readonly List<(int Number, byte[] Text, ObligationStage Stage)> _all = [];

    public void Add(int number, ReadOnlySpan<byte> text) => _all.Add((number, text.ToArray(), ObligationStage.Quiescing));

    public void Enter(int number, ObligationStage stage)
    {
        for (var i = 0; i < _all.Count; i++)
        {
            if (_all[i].Number == number)
            {
                _all[i] = _all[i] with { Stage = stage };
            }
        }
    }

    public IReadOnlyList<(ResumeObligation Obligation, ObligationStage Stage)> Open()
    {
        var open = new List<(ResumeObligation, ObligationStage)>();
        for (var i = _all.Count - 1; i >= 0; i--)
        {
            if (_all[i].Stage != ObligationStage.Settled
                && JsonSerializer.Deserialize(_all[i].Text, ResumeObligationJsonContext.Default.ResumeObligation) is { } obligation)
            {
                open.Add((obligation, _all[i].Stage));
            }
        }

        return open;
    }
}
