using AppConsistentSnapshot.Freezing.Process;
using AppConsistentSnapshot.Participants;

namespace AppConsistentSnapshot.Freezer;

/// <summary>For runs without a journal.</summary>
internal sealed class NoRecoveryJournal : IRecoveryJournal
{
    public void Begin(ResumeObligation obligation)
    {
        // Nobody keeps it.
    }

    public void End(ResumeObligation obligation, ParticipantResult result)
    {
        // Nobody keeps it.
    }
}
