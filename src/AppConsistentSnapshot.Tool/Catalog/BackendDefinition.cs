using AppConsistentSnapshot.Backends;

namespace AppConsistentSnapshot.Tool.Catalog;

/// <summary>How the command makes one kind of backend.</summary>
internal sealed class BackendDefinition
{
    public required string Name { get; init; }

    /// <summary>Gets what it makes of a volume, as the help says it.</summary>
    public required string Description { get; init; }

    public IReadOnlyList<BackendSetting> Settings { get; init; } = [];

    /// <summary>Gets the name of the setting that <c>--output</c> stands for; the backend needs it. Null where there is none.</summary>
    public string? OutputSetting { get; init; }

    /// <summary>Gets how <see cref="OutputSetting"/> follows from a snapshot's id, where that can be.</summary>
    public Func<string, string?>? OutputFromId { get; init; }

    /// <summary>Gets what makes it, or null where this version cannot.</summary>
    public Func<BackendContext, ISnapshotBackend>? Create { get; init; }
}
