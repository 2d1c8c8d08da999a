namespace AppConsistentSnapshot.IntegrationTests.Backends;

/// <summary>Appends one numbered line after the other to a file, as an application that does not care about snapshots.</summary>
internal sealed class SteadyWriter : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _began = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _work;
    private long _written;

    public SteadyWriter(string path) => _work = Task.Factory.StartNew(() => Write(path), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    public Task Began => _began.Task;

    /// <summary>Lines whose write was acknowledged.</summary>
    public long Written => Interlocked.Read(ref _written);

    public static string Line(long number) => $"line {number:D12} {new string((char)('a' + (number % 26)), 100)}";

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _work;
        _stop.Dispose();
    }

    private void Write(string path)
    {
        using var file = new StreamWriter(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0)) { AutoFlush = true };
        for (long number = 0; !_stop.IsCancellationRequested && number < 150_000; number++)
        {
            file.WriteLine(Line(number));
            Interlocked.Exchange(ref _written, number + 1);
            if (number == 1000)
            {
                (file.BaseStream as FileStream)!.Flush(flushToDisk: true);
                _began.TrySetResult();
            }
        }
    }
}
