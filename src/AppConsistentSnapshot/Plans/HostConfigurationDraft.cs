namespace AppConsistentSnapshot.Plans;

/// <summary>The values of a host configuration while it is read.</summary>
internal sealed class HostConfigurationDraft
{
    public int TimeoutSeconds { get; set; } = HostConfigurationReader.LongestTimeout;

    public List<HostPlugin> Plugins { get; } = [];

    public HostConfiguration ToConfiguration(string path, string sha256) => new()
    {
        Path = path,
        Sha256 = sha256,
        Timeout = TimeSpan.FromSeconds(TimeoutSeconds),
        Plugins = [.. Plugins],
    };
}
