namespace AppConsistentSnapshot.Plans;

/// <summary>A validated plan: the pair of scripts that quiesce and resume an application, and what to do when they fail. Immutable.</summary>
public sealed class ScriptPlan
{
    /// <summary>Gets the file that the plan was loaded from, or <see langword="null"/> for one made in code (no file is checked then).</summary>
    public string? Path { get; init; }

    /// <summary>Gets the SHA-256 of the file's bytes in lower-case hexadecimal. The guard checks that it is still the same.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Gets the label of the plan.</summary>
    /// <value>The default is <c>ScriptRunner</c>.</value>
    public string PluginName { get; init; } = "ScriptRunner";

    /// <summary>Gets the script that quiesces the application.</summary>
    public required ScriptCommand PreScript { get; init; }

    /// <summary>Gets the script that resumes the application.</summary>
    public required ScriptCommand PostScript { get; init; }

    /// <summary>Gets the limit for each script, all its tries together.</summary>
    /// <value>1 second to 1800 seconds. The default is 30 seconds.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets whether a failure may lead to a snapshot of a lower level.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool ContinueBackupOnFailure { get; init; } = true;

    /// <summary>Gets whether the file systems are frozen.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool FsFreezeEnabled { get; init; } = true;

    /// <summary>Gets how often a running script is reported as progress. Its end is noticed at once, whatever this is.</summary>
    /// <value>1 to 5 seconds. The default is 3 seconds.</value>
    public TimeSpan ProgressInterval { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>The same plan with a limit of at most <paramref name="cap"/>, which the host configuration sets for all plans.</summary>
    internal ScriptPlan CappedAt(TimeSpan? cap) => cap is null || cap >= Timeout ? this : new ScriptPlan
    {
        Path = Path,
        Sha256 = Sha256,
        PluginName = PluginName,
        PreScript = PreScript,
        PostScript = PostScript,
        Timeout = cap.Value,
        ContinueBackupOnFailure = ContinueBackupOnFailure,
        FsFreezeEnabled = FsFreezeEnabled,
        ProgressInterval = ProgressInterval,
    };
}
