using AppConsistentSnapshot.Journals;

namespace AppConsistentSnapshot.Recovery;

/// <summary>Thaws what a dead run froze, and nothing else.</summary>
internal interface IMountThaw
{
    /// <summary>Thaws one mount. Completes with <see cref="MountThawStatus.Blocked"/> where the kernel does not answer in time.</summary>
    Task<MountThawResult> ThawAsync(JournalMount mount, TimeSpan limit, TimeProvider timeProvider);
}
