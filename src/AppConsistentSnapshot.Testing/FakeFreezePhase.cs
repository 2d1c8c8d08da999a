#pragma warning disable CS1591 // Each is named like the method that it stands for.
namespace AppConsistentSnapshot.Testing;

/// <summary>The calls of a freeze at which a <see cref="FakeFreezeController"/> can be told to fail.</summary>
public enum FakeFreezePhase
{
    Prepare,
    Flush,
    Freeze,
    Verify,
    Thaw,
}
