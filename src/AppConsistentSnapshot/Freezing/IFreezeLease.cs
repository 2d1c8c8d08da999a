using AppConsistentSnapshot.Reports;

namespace AppConsistentSnapshot.Freezing;

/// <summary>Keeps file systems frozen. Disposing it thaws what is not thawed yet.</summary>
public interface IFreezeLease : IAsyncDisposable
{
    /// <summary>Gets when the first freeze began.</summary>
    DateTimeOffset FrozenAt { get; }

    /// <summary>Gets a token that fires when the limit is over and everything is being thawed.</summary>
    CancellationToken Expired { get; }

    /// <summary>Gets each file system and how it was frozen.</summary>
    IReadOnlyList<MountReport> Mounts { get; }

    /// <summary>Asks the kernel whether everything still is frozen, by a second FIFREEZE, which must answer EBUSY.</summary>
    /// <returns>Whether every file system was found frozen. <see langword="false"/> once the limit is over.</returns>
    ValueTask<bool> VerifyHeldAsync();

    /// <summary>Thaws, in reverse order. Takes no token: nobody may cancel a thaw. Repeated calls return the same result.</summary>
    /// <returns>What was found. A failure is in it and is not thrown.</returns>
    ValueTask<ThawResult> ThawAsync();
}
