using System.Text.Json.Serialization;

namespace AppConsistentSnapshot.Reports;

/// <summary>The freeze of a run.</summary>
public sealed class FreezeReport
{
    /// <summary>Gets when the first freeze began, or <see langword="null"/> where none did.</summary>
    public DateTimeOffset? FrozenAt { get; init; }

    /// <summary>Gets when the first thaw began, or <see langword="null"/> where none did.</summary>
    public DateTimeOffset? ThawStartedAt { get; init; }

    /// <summary>Gets how long writes were held, in milliseconds: from the start of the first freeze to the end of the last thaw.</summary>
    public double? WindowMilliseconds { get; init; }

    /// <summary>Gets whether a process of its own stood ready to thaw if this one died.</summary>
    public bool FreezerArmed { get; init; }

    /// <summary>Gets whether every file system stayed frozen all the time; <see langword="null"/> where it is not known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public bool? HeldThroughout { get; init; }

    /// <summary>Gets each mount of the request.</summary>
    public IReadOnlyList<MountReport> Mounts { get; init; } = [];
}
