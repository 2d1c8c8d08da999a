using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Freezing;

/// <summary>Engines that run in this process.</summary>
internal sealed class FreezeEngineFactory : IFreezeEngineFactory
{
    private readonly IFreezeSystemCalls _kernel;
    private readonly TimeProvider _timeProvider;

    public FreezeEngineFactory(IFreezeSystemCalls kernel, TimeProvider timeProvider)
    {
        _kernel = kernel;
        _timeProvider = timeProvider;
    }

#pragma warning disable CA2000 // The caller disposes it.
    public ValueTask<IFreezer> ArmAsync(IReadOnlyList<FreezeTarget> targets, CancellationToken cancellationToken) =>
        new(new InProcessFreezer(_kernel, _timeProvider, targets));
#pragma warning restore CA2000
}
