#pragma warning disable CS1591 // Each is named like the method that it stands for.
namespace AppConsistentSnapshot.Testing;

/// <summary>The calls of a participant at which a <see cref="FakeParticipant"/> can be told to fail.</summary>
public enum FakeParticipantPhase
{
    Open,
    Quiesce,
    Confirm,
    Resume,
    Recover,
}
