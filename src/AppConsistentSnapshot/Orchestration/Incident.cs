namespace AppConsistentSnapshot.Orchestration;

/// <summary>What can happen to a run that the failure policy has a word on.</summary>
internal enum Incident
{
    /// <summary>A plan is missing, wrong or not permitted, so no script was run.</summary>
    ScriptsUnusable,

    /// <summary>A pre-script or quiesce failed, or took too long.</summary>
    QuiesceFailed,

    /// <summary>A participant's data lie outside the snapshot.</summary>
    DataNotCovered,

    /// <summary>Volumes or backends could not be prepared.</summary>
    PrepareFailed,

    /// <summary>A file system could not be frozen; all are thawed.</summary>
    FreezeFailed,

    /// <summary>A freeze ended before the cut was done.</summary>
    FreezeLost,

    /// <summary>An application did not stay quiesced until the last cut.</summary>
    NoLongerQuiesced,

    /// <summary>A backend could not cut.</summary>
    CutFailed,

    /// <summary>A backend could not complete.</summary>
    CompleteFailed,

    /// <summary>A file system could not be thawed.</summary>
    ThawFailed,

    /// <summary>A post-script or resume failed, or took too long.</summary>
    ResumeFailed,
}
