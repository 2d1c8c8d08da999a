using System.Diagnostics;

namespace AppConsistentSnapshot.IntegrationTests.Freezing.Process;

/// <summary>Waits for what must come.</summary>
internal static class Eventually
{
    /// <summary>How long until a write of a few bytes goes through; the test fails when it does not.</summary>
    public static async Task<TimeSpan> WritableAsync(string mountPoint, TimeSpan within)
    {
        var clock = Stopwatch.StartNew();

        // On a thread of its own: it blocks in the kernel as long as the file system is frozen.
        var write = Task.Factory.StartNew(
            () => File.WriteAllText(Path.Combine(mountPoint, "probe"), "x"), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await write.WaitAsync(within, TestContext.Current.CancellationToken);
        return clock.Elapsed;
    }

    public static async Task TrueAsync(Func<bool> condition, string what, int seconds = 20)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        var clock = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(seconds), what);
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }
}
