namespace AppConsistentSnapshot;

/// <summary>Who freezes and thaws file systems.</summary>
public enum FreezerMode
{
    /// <summary>The program <c>acs-freezer</c>, which thaws what it froze, and resumes applications, if this process dies. Where it cannot be started, nothing is frozen.</summary>
    Process,

    /// <summary>This process. File systems stay frozen if it is killed.</summary>
    InProcess,
}
