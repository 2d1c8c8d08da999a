using AppConsistentSnapshot.Participants;
using AppConsistentSnapshot.Reports;

namespace AppConsistentSnapshot.Orchestration;

/// <summary>A participant's part in a run.</summary>
internal sealed class ParticipantEntry
{
    public ParticipantEntry(IApplicationParticipant participant)
    {
        Participant = participant;
        Info = participant.Info;
    }

    public IApplicationParticipant Participant { get; }

    public ParticipantInfo Info { get; }

    public IParticipantSession? Session { get; set; }

    /// <summary>Whether quiesce was called; from then on resume is owed.</summary>
    public bool ResumeIsOwed { get; set; }

    /// <summary>Its number with who resumes it if this process dies.</summary>
    public int? Obligation { get; set; }

    /// <summary>The quiesce call, where it did not return in time; when it does, it may hold the application again.</summary>
    public Task? LateQuiesce { get; set; }

    /// <summary>The step that is under way, for what the participant says meanwhile.</summary>
    public StepName Step => IsResuming ? ResumeStep : QuiesceStep;

    public bool IsResuming { get; set; }

    public string Id => Participant.Id;

    public StepName QuiesceStep => Info.Kind is ParticipantKind.ScriptPair ? StepName.PreScript : StepName.Quiesce;

    public StepName ResumeStep => Info.Kind is ParticipantKind.ScriptPair ? StepName.PostScript : StepName.Resume;
}
