using AppConsistentSnapshot.Freezing;
using AppConsistentSnapshot.Reports;

namespace AppConsistentSnapshot.Orchestration;

/// <summary>Everything that is ready before an application or a file system is touched. Disposing it releases handles.</summary>
internal sealed class Preparation : IAsyncDisposable
{
    private readonly RunContext _run;

    public Preparation(RunContext run) => _run = run;

    /// <summary>The cuts, one a backend.</summary>
    public List<PreparedBackend> Backends { get; } = [];

    /// <summary>What the host freezes around the cuts, or null where it freezes nothing.</summary>
    public IPreparedFreeze? Freeze { get; set; }

    /// <summary>What is flushed and not frozen by the host, or null.</summary>
    public IPreparedFreeze? FlushOnly { get; set; }

    /// <summary>Resumes the applications if this process dies; null where nobody does.</summary>
    public ResumeGuard? Guard { get; set; }

    /// <summary>Each mount of the request: to be frozen, or not and why.</summary>
    public List<MountReport> Mounts { get; } = [];

    /// <summary>The device number of each requested mount point.</summary>
    public Dictionary<string, string> DeviceNumbers { get; } = new(StringComparer.Ordinal);

    /// <summary>The requested mount points of one file system: what is true of one is true of all.</summary>
    public IEnumerable<string> OnSameFileSystem(string mountPoint) => DeviceNumbers
        .Where(volume => DeviceNumbers.TryGetValue(mountPoint, out var device) && volume.Value == device)
        .Select(static volume => volume.Key)
        .DefaultIfEmpty(mountPoint);

    public async ValueTask DisposeAsync()
    {
        await Release.QuietlyAsync(_run, Guard, "the guard of the resumes").ConfigureAwait(false);
        await Release.QuietlyAsync(_run, Freeze, "the freeze").ConfigureAwait(false);
        await Release.QuietlyAsync(_run, FlushOnly, "the flush").ConfigureAwait(false);
        foreach (var backend in Backends)
        {
            await Release.QuietlyAsync(_run, backend.Cut, backend.Backend.Name).ConfigureAwait(false);
        }
    }
}
