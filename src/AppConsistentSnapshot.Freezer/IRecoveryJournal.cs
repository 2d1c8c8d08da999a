using AppConsistentSnapshot.Freezing.Process;
using AppConsistentSnapshot.Participants;

namespace AppConsistentSnapshot.Freezer;

/// <summary>Where the freezer writes what it does in the place of a dead host. Called only when everything is thawed.</summary>
internal interface IRecoveryJournal
{
    /// <summary>A post-script is about to be run.</summary>
    void Begin(ResumeObligation obligation);

    /// <summary>It is over.</summary>
    void End(ResumeObligation obligation, ParticipantResult result);
}
