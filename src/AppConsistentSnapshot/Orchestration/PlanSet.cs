using AppConsistentSnapshot.Participants;
using AppConsistentSnapshot.Permissions;
using AppConsistentSnapshot.Reports;

namespace AppConsistentSnapshot.Orchestration;

/// <summary>The participants of a run, in the order in which they are quiesced. Disposing it closes the scripts that the guard holds open.</summary>
internal sealed class PlanSet : IDisposable
{
    private readonly IReadOnlyList<VerifiedPlan> _verified;

    public PlanSet(IReadOnlyList<PlanEntry> plans, IReadOnlyList<IApplicationParticipant> participants, IReadOnlyList<VerifiedPlan> verified)
    {
        Plans = plans;
        Participants = participants;
        _verified = verified;
    }

    public IReadOnlyList<PlanEntry> Plans { get; }

    /// <summary>Empty where a plan was unusable: then no application is asked at all.</summary>
    public IReadOnlyList<IApplicationParticipant> Participants { get; }

    public void Dispose()
    {
        foreach (var plan in _verified)
        {
            plan.Dispose();
        }
    }
}
