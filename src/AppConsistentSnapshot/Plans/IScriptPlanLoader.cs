namespace AppConsistentSnapshot.Plans;

/// <summary>Loads and validates plan files and host configurations. Looks at nothing but the named file.</summary>
public interface IScriptPlanLoader
{
    /// <summary>Loads a plan (<c>VMSnapshotScriptPluginConfig.json</c>).</summary>
    /// <param name="path">The absolute path of the plan.</param>
    /// <param name="cancellationToken">Ends the loading.</param>
    /// <returns>The plan, or every problem at once; a file that is missing or wrong is no exception.</returns>
    ValueTask<ScriptPlanLoadResult> LoadAsync(string path, CancellationToken cancellationToken = default);

    /// <summary>Loads a host configuration (<c>VMSnapshotPluginHost.conf</c>).</summary>
    /// <param name="path">The absolute path of the host configuration.</param>
    /// <param name="cancellationToken">Ends the loading.</param>
    /// <returns>The configuration, or every problem at once; a file that is missing (313) or wrong (304) is no exception.</returns>
    ValueTask<HostConfigurationLoadResult> LoadHostConfigurationAsync(string path, CancellationToken cancellationToken = default);
}
