using System.Threading.Channels;
using AppConsistentSnapshot.Diagnostics;
using AppConsistentSnapshot.Interop;
using Microsoft.Extensions.Logging;

namespace AppConsistentSnapshot.Scripts;

/// <summary>Logs lines behind a bounded queue: a logger that is slow or blocked loses lines, which are counted, and delays nobody.</summary>
internal sealed class OutputLog
{
    /// <summary>The most lines that wait for the logger.</summary>
    public const int QueueLimit = 1024;

    private readonly Channel<OutputLine> _queue = Channel.CreateBounded<OutputLine>(
        new BoundedChannelOptions(QueueLimit) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    private readonly ILogger _logger;
    private readonly string _kind;
    private readonly string _path;
    private readonly Lazy<Task> _writing;
    private readonly bool _isOn;
    private long _dropped;

    public OutputLog(ILogger logger, string kind, string path)
    {
        _logger = logger;
        _kind = kind;
        _path = path;
        _isOn = logger.IsEnabled(LogLevel.Information);
        _writing = new Lazy<Task>(() => Task.Run(WriteAsync));
    }

    /// <summary>Completes when all lines have been logged, after <see cref="Complete"/>. It may never, if the logger hangs.</summary>
    public Task Written => _writing.IsValueCreated ? _writing.Value : Task.CompletedTask;

    public void Add(OutputStream stream, ReadOnlySpan<byte> line, long cutOff)
    {
        if (!_isOn)
        {
            return;
        }

        _ = _writing.Value;

        // Looked at first: making a line harmless costs more than all the rest, and most of a flood is dropped.
        if (_queue.Reader.Count >= QueueLimit || !_queue.Writer.TryWrite(OutputLine.From(stream, line, cutOff)))
        {
            _ = Interlocked.Increment(ref _dropped);
        }
    }

    public void Complete() => _queue.Writer.TryComplete();

    private async Task WriteAsync()
    {
        await foreach (var line in _queue.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
        {
            Log.ScriptOutput(_logger, _kind, _path, line.Stream == OutputStream.StandardError ? "stderr" : "stdout", line.Text);
        }

        var dropped = Interlocked.Read(ref _dropped);
        if (dropped > 0)
        {
            Log.ScriptOutputDropped(_logger, dropped, _kind, _path);
        }
    }
}
