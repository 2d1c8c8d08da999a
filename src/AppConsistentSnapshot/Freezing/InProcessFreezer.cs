using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Freezing;

/// <summary>An engine in this process. Whatever it froze stays frozen if this process dies.</summary>
internal sealed class InProcessFreezer : IFreezer
{
    private readonly IFreezeSystemCalls _kernel;
    private readonly TimeProvider _timeProvider;
    private readonly IReadOnlyList<FreezeTarget> _targets;

    public InProcessFreezer(IFreezeSystemCalls kernel, TimeProvider timeProvider, IReadOnlyList<FreezeTarget> targets)
    {
        _kernel = kernel;
        _timeProvider = timeProvider;
        _targets = targets;
    }

    public bool IsOutside => false;

    public IReadOnlyList<SnapshotError> Warnings => [];

    public IFreezeEngine Start(Action<FreezeNotice> notify)
    {
        var engine = new FreezeEngine(_kernel, _timeProvider, _targets, notify);
        engine.Start();
        return engine;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
