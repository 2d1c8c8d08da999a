using System.Runtime.InteropServices;
using AppConsistentSnapshot.Tool.Reporting;

namespace AppConsistentSnapshot.Tool;

/// <summary>Turns the first signal into a cancellation, and tells an impatient person at the next ones what is still going on.</summary>
internal sealed class Cancellation : IDisposable
{
    private readonly Reporter _reporter;
    private readonly CancellationTokenSource _source = new();
    private readonly IDisposable _listening;
    private readonly Lock _lock = new();
    private int _signals;
    private bool _isDisposed;

    public Cancellation(Func<Action<PosixSignal>, IDisposable> listen, Reporter reporter)
    {
        _reporter = reporter;
        _listening = listen(OnSignal);
    }

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        _listening.Dispose();
        lock (_lock)
        {
            _isDisposed = true;
            _source.Dispose();
        }
    }

    // Whatever follows the first signal skips waiting only: to thaw and to resume is what the process is still there for.
    private void OnSignal(PosixSignal signal)
    {
        lock (_lock)
        {
            if (_isDisposed)
            {
                return;
            }

            _signals++;
            _reporter.Note(_signals == 1
                ? $"{signal}: ending early; whatever is frozen is thawed and whatever is quiesced is resumed first"
                : $"{signal}: thaw and resume are under way and cannot be skipped; please wait");

            // Not Cancel: what a callback throws would end the process here, with file systems frozen.
            _ = _source.CancelAsync();
        }
    }
}
