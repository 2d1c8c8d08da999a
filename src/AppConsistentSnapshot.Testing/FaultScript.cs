using System.Collections.Concurrent;

namespace AppConsistentSnapshot.Testing;

/// <summary>The faults of a fake: for each phase, one a call, in order; and the phases that were called.</summary>
internal sealed class FaultScript<TPhase>
    where TPhase : struct, Enum
{
    private readonly ConcurrentDictionary<TPhase, ConcurrentQueue<FakeFault>> _faults = new();
    private readonly ConcurrentQueue<TPhase> _calls = new();
    private readonly TimeProvider _timeProvider;

    public FaultScript(TimeProvider timeProvider) => _timeProvider = timeProvider;

    public IReadOnlyList<TPhase> Calls => [.. _calls];

    public void Add(TPhase phase, IEnumerable<FakeFault> faults)
    {
        var queue = _faults.GetOrAdd(phase, static _ => new ConcurrentQueue<FakeFault>());
        foreach (var fault in faults)
        {
            queue.Enqueue(fault);
        }
    }

    public Task PlayAsync(TPhase phase, CancellationToken cancellationToken)
    {
        _calls.Enqueue(phase);
        return _faults.TryGetValue(phase, out var queue) && queue.TryDequeue(out var fault)
            ? fault.PlayAsync(_timeProvider, cancellationToken)
            : Task.CompletedTask;
    }
}
