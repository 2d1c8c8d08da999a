using System.Runtime.InteropServices;
using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Freezing;

/// <summary>What the engine did to one file system. Times count from the start of the first freeze.</summary>
[StructLayout(LayoutKind.Auto)]
internal record struct FreezeStatus
{
    public FreezePhase Phase { get; set; }

    public Errno FreezeErrno { get; set; }

    public TimeSpan FreezeStart { get; set; }

    public TimeSpan? FreezeEnd { get; set; }

    /// <summary>Whether FIFREEZE returned only after the release: then it is thawed at once, out of order.</summary>
    public bool IsLate { get; set; }

    /// <summary>The number of the last probe that was answered.</summary>
    public int Probe { get; set; }

    /// <summary>An answer to a probe that says neither frozen nor not frozen.</summary>
    public Errno ProbeErrno { get; set; }

    public Errno ThawErrno { get; set; }

    public TimeSpan? ThawStart { get; set; }

    public TimeSpan? ThawEnd { get; set; }

    /// <summary>Whether the engine holds nothing of it and will not touch it again.</summary>
    public readonly bool IsAtRest => Phase is FreezePhase.Skipped or FreezePhase.Refused or FreezePhase.Lost or FreezePhase.Thawed;

    /// <summary>Whether FIFREEZE succeeded.</summary>
    public readonly bool WasFrozen => FreezeEnd is not null && FreezeErrno == Errno.None;
}
