using System.Runtime.InteropServices;

namespace AppConsistentSnapshot.Tool;

/// <summary>The signals that ask the process to end. None of them ends it by itself: that is left to the run.</summary>
internal sealed class ProcessSignals : IDisposable
{
    private static readonly PosixSignal[] Signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP];

    private readonly List<PosixSignalRegistration> _registrations;

    public ProcessSignals(Action<PosixSignal> callback) =>
        _registrations = [.. Signals.Select(signal => PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            callback(context.Signal);
        }))];

    public void Dispose() => _registrations.ForEach(registration => registration.Dispose());
}
