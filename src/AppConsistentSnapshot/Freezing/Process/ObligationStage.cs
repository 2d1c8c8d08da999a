#pragma warning disable CA1028 // A byte of a message.
namespace AppConsistentSnapshot.Freezing.Process;

/// <summary>Where an application stands between its quiesce and its resume.</summary>
internal enum ObligationStage : byte
{
    /// <summary>Its pre-script was started, or is about to be.</summary>
    Quiescing = 1,

    /// <summary>Its pre-script is over.</summary>
    Quiesced = 2,

    /// <summary>Its post-script was started, or is about to be.</summary>
    Resuming = 3,

    /// <summary>Its resume is over, well or not: nothing is owed any more.</summary>
    Settled = 4,
}
