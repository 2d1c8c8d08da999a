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

    public IFreezeEngine Start(IReadOnlyList<FreezeTarget> targets, TimeSpan limit, Action<FreezeNotice> notify)
    {
        var engine = new FreezeEngine(_kernel, _timeProvider, targets, limit, notify);
        engine.Start();
        return engine;
    }
}
