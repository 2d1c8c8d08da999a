using AppConsistentSnapshot.Backends;
using AppConsistentSnapshot.Participants;

namespace AppConsistentSnapshot.Recovery;

/// <summary>Who can clean up. The built-in script participants need not be named.</summary>
public sealed class RecoveryRequest
{
    /// <summary>Gets the backends, found by <see cref="ISnapshotBackend.Name"/>.</summary>
    /// <value>Empty by default.</value>
    public IReadOnlyList<ISnapshotBackend> Backends { get; init; } = [];

    /// <summary>Gets what makes a backend of a name that <see cref="Backends"/> does not have; it may give <see langword="null"/>.</summary>
    /// <value><see langword="null"/> by default.</value>
    public Func<string, ISnapshotBackend?>? MakeBackend { get; init; }

    /// <summary>Gets the participants, found by <see cref="IApplicationParticipant.Id"/>.</summary>
    /// <value>Empty by default.</value>
    public IReadOnlyList<IApplicationParticipant> Participants { get; init; } = [];
}
