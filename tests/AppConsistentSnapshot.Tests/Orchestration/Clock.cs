using Microsoft.Extensions.Time.Testing;

namespace AppConsistentSnapshot.Tests.Orchestration;

/// <summary>Moves a fake clock for as long as something that waits for it is not done.</summary>
internal static class Clock
{
    public static async Task MoveUntilAsync(FakeTimeProvider time, Task task)
    {
        for (var round = 0; !task.IsCompleted; round++)
        {
            Assert.True(round < 5_000, "The run waits for something that time does not bring.");

            // Real time passes only to let the pool's threads come to rest before the clock moves on.
            await Task.WhenAny(task, Task.Delay(TimeSpan.FromMilliseconds(5), TestContext.Current.CancellationToken));
            if (!task.IsCompleted)
            {
                time.Advance(TimeSpan.FromSeconds(1));
            }
        }
    }
}
