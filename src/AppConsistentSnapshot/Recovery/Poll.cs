namespace AppConsistentSnapshot.Recovery;

/// <summary>Waits for what gives no event.</summary>
internal static class Poll
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>Asks again and again until something holds or the time is over.</summary>
    public static async Task<bool> UntilAsync(Func<bool> condition, TimeSpan limit, TimeProvider timeProvider)
    {
        var startedAt = timeProvider.GetTimestamp();
        while (!condition())
        {
            if (timeProvider.GetElapsedTime(startedAt) >= limit)
            {
                return false;
            }

            await Task.Delay(Interval, timeProvider, CancellationToken.None).ConfigureAwait(false);
        }

        return true;
    }
}
