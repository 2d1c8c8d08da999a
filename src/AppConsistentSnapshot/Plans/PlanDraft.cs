namespace AppConsistentSnapshot.Plans;

/// <summary>The values of a plan while it is read. Becomes a plan only if nothing is wrong.</summary>
internal sealed class PlanDraft
{
    public string PluginName { get; set; } = ScriptPlanFields.ExpectedPluginName;

    public string? PreScript { get; set; }

    public string? PostScript { get; set; }

    public IReadOnlyList<string> PreArguments { get; set; } = [];

    public IReadOnlyList<string> PostArguments { get; set; } = [];

    public int PreRetries { get; set; }

    public int PostRetries { get; set; }

    public int TimeoutSeconds { get; set; } = 30;

    public int ProgressSeconds { get; set; } = 3;

    // Once false, always false: where a plan contradicts itself it is refused, and the stricter of its answers says how.
    // For continueBackupOnFailure that is a failed backup which somebody sees; for fsFreezeEnabled a lower level instead
    // of a freeze which the application may not survive.
    public bool ContinueBackupOnFailure { get; private set; } = true;

    public bool FsFreezeEnabled { get; private set; } = true;

    public void AllowContinue(bool value) => ContinueBackupOnFailure &= value;

    public void AllowFreeze(bool value) => FsFreezeEnabled &= value;

    public ScriptPlan ToPlan(string path, string sha256) => new()
    {
        Path = path,
        Sha256 = sha256,
        PluginName = PluginName,
        PreScript = new() { Path = PreScript!, Arguments = PreArguments, Retries = PreRetries },
        PostScript = new() { Path = PostScript!, Arguments = PostArguments, Retries = PostRetries },
        Timeout = TimeSpan.FromSeconds(TimeoutSeconds),
        ContinueBackupOnFailure = ContinueBackupOnFailure,
        FsFreezeEnabled = FsFreezeEnabled,
        ProgressInterval = TimeSpan.FromSeconds(ProgressSeconds),
    };
}
