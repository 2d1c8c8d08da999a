namespace AppConsistentSnapshot.Orchestration;

/// <summary>The failure policy: the table of docs/failure-policy.md, in its order, and nothing else.</summary>
/// <param name="ContinueOnFailure">Whether the request and every plan and participant allow a lower level.</param>
/// <param name="Freeze">Whether every plan and participant wants file systems frozen.</param>
/// <param name="SingleDisk">Whether the single-disk exception applies.</param>
internal sealed record FailurePolicy(bool ContinueOnFailure, bool Freeze, bool SingleDisk)
{
    /// <summary>The highest level that is left after an incident; <see cref="ConsistencyLevel.None"/> means that the run fails and keeps nothing.</summary>
    public ConsistencyLevel CeilingAfter(Incident incident) => incident switch
    {
        // These leave nothing that could be kept, whatever the plan says.
        Incident.PrepareFailed or Incident.CutFailed or Incident.CompleteFailed or Incident.ThawFailed => ConsistencyLevel.None,

        _ when !ContinueOnFailure => SingleDisk ? ConsistencyLevel.Crash : ConsistencyLevel.None,

        // Without a freeze nothing but the application could have vouched for the file system.
        Incident.ScriptsUnusable or Incident.QuiesceFailed or Incident.DataNotCovered or Incident.NoLongerQuiesced =>
            Freeze ? ConsistencyLevel.FileSystem : ConsistencyLevel.Crash,

        Incident.FreezeFailed or Incident.FreezeLost => ConsistencyLevel.Crash,

        // The snapshot was cut while the application stood still: it is as good as it was.
        Incident.ResumeFailed => ConsistencyLevel.Application,

        _ => throw new ArgumentOutOfRangeException(nameof(incident), incident, "An incident without a rule."),
    };
}
