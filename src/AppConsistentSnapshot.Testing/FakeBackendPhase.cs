#pragma warning disable CS1591 // Each is named like the method that it stands for.
namespace AppConsistentSnapshot.Testing;

/// <summary>The calls of a backend at which a <see cref="FakeSnapshotBackend"/> can be told to fail.</summary>
public enum FakeBackendPhase
{
    Prepare,
    Cut,
    Complete,
    RollBack,
    List,
    Expose,
    Delete,
    Recover,
}
