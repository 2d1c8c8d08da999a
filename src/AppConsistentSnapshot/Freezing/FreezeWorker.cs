using System.Runtime.InteropServices;

namespace AppConsistentSnapshot.Freezing;

/// <summary>What the engine keeps of one target. Everything but the descriptor is read and written under the engine's lock only.</summary>
internal sealed class FreezeWorker
{
    public FreezeWorker(FreezeTarget target, int index)
    {
        Index = index;
        Descriptor = target.Descriptor.Retain();
        Level = target.Level;
    }

    public SharedDescriptor Descriptor { get; }

    public SafeHandle Handle => Descriptor.Handle;

    public int Level { get; }

    /// <summary>Its place among the targets.</summary>
    public int Index { get; }

    /// <summary>The number of the probe that is being asked.</summary>
    public int Asking { get; set; }

#pragma warning disable CA1051 // A property would hand out copies of the struct.
    public FreezeStatus Status;
#pragma warning restore CA1051
}
