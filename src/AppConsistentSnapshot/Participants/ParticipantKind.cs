namespace AppConsistentSnapshot.Participants;

/// <summary>What a participant is, which decides how its steps are named in the report.</summary>
public enum ParticipantKind
{
    /// <summary>Quiesces an application by its own means: steps <c>Quiesce</c> and <c>Resume</c>.</summary>
    Application = 0,

    /// <summary>A pair of scripts: steps <c>PreScript</c> and <c>PostScript</c>.</summary>
    ScriptPair = 1,
}
