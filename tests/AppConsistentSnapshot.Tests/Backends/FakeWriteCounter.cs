using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Tests.Backends;

internal sealed class FakeWriteCounter(FaultPlan plan) : IWriteCounter
{
    public DeviceWrites Writes { get; set; }

    public Errno Read(out DeviceWrites writes)
    {
        writes = Writes;
        return plan.Fails("counters") ? plan.Answer : Errno.None;
    }

    public void Dispose() => Writes = default;
}
