#pragma warning disable CA1028 // A byte of a message.
namespace AppConsistentSnapshot.Freezing.Process;

/// <summary>What the host says.</summary>
internal enum HostMessage : byte
{
    /// <summary>Freeze; the time is the limit.</summary>
    Freeze = 1,

    /// <summary>Probe; the number is the probe's.</summary>
    Probe = 2,

    /// <summary>Thaw.</summary>
    Release = 3,

    /// <summary>If the host dies, this has to be resumed; the number is its own, the text after the head says what it is.</summary>
    Owe = 4,

    /// <summary>Where what is owed stands; the number says which, the detail is an <see cref="ObligationStage"/>.</summary>
    Stage = 5,
}
