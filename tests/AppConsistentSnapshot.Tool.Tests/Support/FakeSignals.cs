using System.Runtime.InteropServices;

namespace AppConsistentSnapshot.Tool.Tests.Support;

internal sealed class FakeSignals : IDisposable
{
    private Action<PosixSignal>? _callback;

    public bool IsListening => _callback is not null;

    public IDisposable Listen(Action<PosixSignal> callback)
    {
        _callback = callback;
        return this;
    }

    public void Send(PosixSignal signal) => (_callback ?? throw new InvalidOperationException("Nobody listens."))(signal);

    public void Dispose() => _callback = null;
}
