using AppConsistentSnapshot.Errors;

namespace AppConsistentSnapshot.Freezing;

/// <summary>What stands ready to freeze once. Disposing it before the freeze lets it go; afterwards it goes by itself when all is thawed.</summary>
internal interface IFreezer : IAsyncDisposable
{
    /// <summary>Whether it is a process of its own, which thaws if this one dies.</summary>
    bool IsOutside { get; }

    /// <summary>What it could not protect itself from.</summary>
    IReadOnlyList<SnapshotError> Warnings { get; }

    /// <summary>Makes the engine; once only. It has to be released, whatever happens.</summary>
    /// <param name="notify">Called for each notice, one after the other, on a thread of the engine. It must not block and must not throw.</param>
    IFreezeEngine Start(Action<FreezeNotice> notify);
}
