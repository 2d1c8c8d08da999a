using AppConsistentSnapshot.Errors;

namespace AppConsistentSnapshot.Journals;

/// <summary>What happens where a journal cannot be written.</summary>
/// <param name="IsRequired">Whether nothing is done that was not written before.</param>
/// <param name="Patience">How long a write may take.</param>
/// <param name="Warn">Takes what went wrong and did not stop the run.</param>
internal sealed record JournalPolicy(bool IsRequired, TimeSpan Patience, Action<SnapshotError> Warn);
