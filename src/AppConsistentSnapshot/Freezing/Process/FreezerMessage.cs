#pragma warning disable CA1028 // A byte of a message.
namespace AppConsistentSnapshot.Freezing.Process;

/// <summary>What the freezer says.</summary>
internal enum FreezerMessage : byte
{
    /// <summary>It is ready; the number is its <see cref="FreezerWeakness"/>.</summary>
    Armed = 1,

    /// <summary>A notice of its engine follows the head.</summary>
    Notice = 2,
}
