using AppConsistentSnapshot.Plans;

namespace AppConsistentSnapshot.Permissions;

/// <summary>A plan that passed the guard. Only a guard makes one, so nothing after it has to ask again.</summary>
/// <remarks>Holds the checked scripts open, and a copy of the post-script, until it is disposed.</remarks>
public sealed class VerifiedPlan : IDisposable
{
    internal VerifiedPlan(ScriptPlan plan, IVerifiedScript preScript, IVerifiedScript postScript)
    {
        Plan = plan;
        PreScript = preScript;
        PostScript = postScript;
    }

    /// <summary>Gets the plan.</summary>
    public ScriptPlan Plan { get; }

    internal IVerifiedScript PreScript { get; }

    internal IVerifiedScript PostScript { get; }

    /// <summary>Closes the scripts and drops the copy.</summary>
    public void Dispose()
    {
        PreScript.Dispose();
        PostScript.Dispose();
    }
}
